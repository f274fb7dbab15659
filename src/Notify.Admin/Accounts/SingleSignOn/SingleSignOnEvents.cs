using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>What is added to the framework's handler, which checks state, nonce, PKCE and the ID token: who the person is, and what went
/// wrong in words that give nothing away.</summary>
internal sealed class SingleSignOnEvents(SingleSignOnOptions options, SingleSignOnService service) : OpenIdConnectEvents
{
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (!string.IsNullOrEmpty(options.CallbackAddress))
        {
            context.ProtocolMessage.RedirectUri = options.CallbackAddress;
        }

        return Task.CompletedTask;
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        // In the code flow the framework takes tokens without a signature, since TLS vouches for them. Here none is taken.
        if (string.IsNullOrEmpty(context.SecurityToken.RawSignature))
        {
            throw new SignOnException(SignOnOutcome.ProviderFailed, "the ID token is not signed");
        }

        using var token = PayloadOf(context.TokenEndpointResponse!.IdToken);
        context.Principal = PrincipalOf(token.RootElement);
        return Task.CompletedTask;
    }

    public override Task UserInformationReceived(UserInformationReceivedContext context)
    {
        using var token = PayloadOf(context.ProtocolMessage.IdToken);
        context.Principal = PrincipalOf(context.User.RootElement, token.RootElement);
        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var outcome = SignOnOutcome.Incomplete;
        if (SignOnIdentity.From(context.Principal!) is { } identity)
        {
            outcome = await service.CompleteAsync(identity, ClientAddress.Of(http), http.RequestAborted);
        }
        else
        {
            await service.RecordFailureAsync($"the provider gave no '{options.SubjectClaim}'", ClientAddress.Of(http));
        }

        context.Response.Redirect(outcome == SignOnOutcome.Done
            ? ReturnAddress.Of(context.ReturnUri) : SingleSignOnEndpoints.ProblemPage(outcome, context.ReturnUri));
        context.HandleResponse();
    }

    /// <summary>A wrong or used state, an error of the provider, a token that does not hold: told to the person, recorded, never a
    /// stack.</summary>
    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        var (outcome, reason) = SignOnFailure.Explain(context.Failure);
        await service.RecordFailureAsync(reason, ClientAddress.Of(context.HttpContext));
        context.Response.Redirect(SingleSignOnEndpoints.ProblemPage(outcome, context.Properties?.RedirectUri));
        context.HandleResponse();
    }

    private ClaimsPrincipal PrincipalOf(params ReadOnlySpan<JsonElement> sources) =>
        new(new ClaimsIdentity(SignOnIdentity.Read(sources, options)?.ToClaims(), SingleSignOnServiceCollectionExtensions.Scheme));

    private static JsonDocument PayloadOf(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
