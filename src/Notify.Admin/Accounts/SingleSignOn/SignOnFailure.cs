using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Notify.Admin.Accounts;

/// <summary>A log-in through the provider that ends before it is known who comes.</summary>
/// <param name="reason">For the audit trail and the log: never a code, a token or a secret.</param>
internal sealed class SignOnException(SignOnOutcome outcome, string reason) : Exception(reason)
{
    public SignOnOutcome Outcome => outcome;
}

/// <summary>The framework's exceptions in words.</summary>
internal static class SignOnFailure
{
    /// <summary>What became of a log-in that failed, and why: never text of the provider beyond the name of its error.</summary>
    public static (SignOnOutcome Outcome, string Reason) Explain(Exception? failure) => failure switch
    {
        SignOnException known => (known.Outcome, known.Message),
        _ when failure?.Data["error"]?.ToString() is { Length: > 0 } error => OfError(error),
        OpenIdConnectProtocolInvalidNonceException =>
            (SignOnOutcome.OutOfDate, "the nonce of the ID token belongs to no log-in of this browser"),
        SecurityTokenException => (SignOnOutcome.ProviderFailed, OfToken(failure)),
        OpenIdConnectProtocolException { InnerException: null } =>
            (SignOnOutcome.ProviderFailed, "the provider's answer does not keep to OpenID Connect"),
        OpenIdConnectProtocolException => (SignOnOutcome.ProviderFailed, "the token endpoint did not answer as it should"),
        HttpRequestException { StatusCode: { } status } => (SignOnOutcome.ProviderFailed, $"the userinfo endpoint answered {(int)status}"),
        AuthenticationFailureException when failure.Message.StartsWith("Unknown response type", StringComparison.Ordinal) =>
            (SignOnOutcome.ProviderFailed, "the userinfo endpoint did not answer with JSON"),
        // What is left of these is the check of the state.
        AuthenticationFailureException or null =>
            (SignOnOutcome.OutOfDate, "the answer belongs to no log-in of this browser, or was used before"),
        _ => (SignOnOutcome.ProviderFailed, $"the provider did not answer: {failure.GetType().Name}"),
    };

    private static string OfToken(Exception failure) => failure switch
    {
        SecurityTokenExpiredException or SecurityTokenNotYetValidException => "the ID token is expired, or not valid yet",
        SecurityTokenInvalidAudienceException => "the ID token is for another client",
        SecurityTokenInvalidIssuerException => "the ID token is of another issuer",
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException =>
            "the signature of the ID token does not hold",
        _ => $"the ID token is not valid: {failure.GetType().Name}",
    };

    private static (SignOnOutcome Outcome, string Reason) OfError(string error) => error switch
    {
        "access_denied" => (SignOnOutcome.Denied, error),
        "invalid_grant" => (SignOnOutcome.OutOfDate, error),
        // The error's name comes with the browser, so anybody can write it.
        { Length: <= 64 } when error.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.') =>
            (SignOnOutcome.ProviderFailed, error),
        _ => (SignOnOutcome.ProviderFailed, "the provider reports an error"),
    };
}
