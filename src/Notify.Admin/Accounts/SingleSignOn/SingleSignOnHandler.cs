using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Notify.Admin.Accounts;

/// <summary>The framework's OAuth handler, which checks <c>state</c> against a cookie of the same browser, once, and proves with PKCE that
/// who brings the code also asked for it. Added here: who the person is, and what went wrong in words that give nothing away.</summary>
internal sealed class SingleSignOnHandler(IOptionsMonitor<OAuthOptions> options, SingleSignOnOptions signOn, ILoggerFactory loggers,
    UrlEncoder encoder)
    : OAuthHandler<OAuthOptions>(options, loggers, encoder)
{
    /// <summary>What became of a log-in that failed, and why: never text of the provider beyond the name of its error.</summary>
    public static (SignOnOutcome Outcome, string Reason) Explain(Exception? failure) => failure switch
    {
        SignOnException known => (known.Outcome, known.Message),
        _ when failure?.Data["error"]?.ToString() is { } error => OfError(error),
        // What is left is the handler's own check of the state.
        _ => (SignOnOutcome.OutOfDate, "the answer belongs to no log-in of this browser, or was used before"),
    };

    /// <summary>Where the person wanted to go.</summary>
    public static string? ReturnUrlOf(RemoteFailureContext failure) =>
        failure.Properties?.RedirectUri ?? failure.HttpContext.Items[typeof(SingleSignOnHandler)] as string;

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) =>
        base.BuildChallengeUrl(properties, AddressOr(redirectUri));

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        // The framework forgets it when what follows throws.
        Context.Items[typeof(SingleSignOnHandler)] = context.Properties.RedirectUri;
        try
        {
            var answer = await base.ExchangeCodeAsync(new OAuthCodeExchangeContext(context.Properties, context.Code,
                AddressOr(context.RedirectUri)));
            return answer.Error is null && !string.IsNullOrEmpty(answer.AccessToken) ? answer : throw Refused(answer.Error);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw new SignOnException(SignOnOutcome.ProviderFailed, $"the token endpoint did not answer: {e.GetType().Name}", e);
        }
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties,
        OAuthTokenResponse tokens)
    {
        identity.AddClaims((await ReadPersonAsync(tokens.AccessToken!)).ToClaims());
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private static SignOnException Refused(Exception? error)
    {
        if (error?.Data["error"]?.ToString() is not { } name)
        {
            return new SignOnException(SignOnOutcome.ProviderFailed, "the token endpoint gave no token");
        }

        var (outcome, reason) = OfError(name);
        return new SignOnException(outcome, $"token endpoint: {reason}");
    }

    private static (SignOnOutcome Outcome, string Reason) OfError(string error) => error switch
    {
        "access_denied" => (SignOnOutcome.Denied, error),
        "invalid_grant" => (SignOnOutcome.OutOfDate, error),
        // It arrives with the browser.
        { Length: <= 64 } when error.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.') =>
            (SignOnOutcome.ProviderFailed, error),
        _ => (SignOnOutcome.ProviderFailed, "the provider reports an error"),
    };

    private static bool IsTrouble(Exception e) => e is HttpRequestException or OperationCanceledException or JsonException or IOException;

    private string AddressOr(string fromRequest) => string.IsNullOrEmpty(signOn.CallbackAddress) ? fromRequest : signOn.CallbackAddress;

    private async Task<SignOnIdentity> ReadPersonAsync(string accessToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Options.UserInformationEndpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await Backchannel.SendAsync(request, Context.RequestAborted);
            if (!answer.IsSuccessStatusCode)
            {
                throw new SignOnException(SignOnOutcome.ProviderFailed, $"the userinfo endpoint answered {(int)answer.StatusCode}");
            }

            using var person = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Context.RequestAborted));
            return SignOnIdentity.Read(person.RootElement, signOn)
                ?? throw new SignOnException(SignOnOutcome.Incomplete, $"the userinfo endpoint gave no '{signOn.SubjectClaim}'");
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw new SignOnException(SignOnOutcome.ProviderFailed, $"the userinfo endpoint did not answer: {e.GetType().Name}", e);
        }
    }
}
