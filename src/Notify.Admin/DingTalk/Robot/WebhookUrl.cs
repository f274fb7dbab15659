namespace Notify.Admin.DingTalk;

/// <summary>A robot's webhook: one of the allowed addresses and the access token. The whole of it is a secret, so printing it masks
/// it.</summary>
/// <param name="Endpoint">Scheme, host, port and path, exactly as the allow-list has them.</param>
/// <param name="Token">The value of <c>access_token</c>: ASCII letters and digits.</param>
internal sealed record WebhookUrl(Uri Endpoint, string Token)
{
    public const string TokenParameter = "access_token";

    private const string Hidden = "****";

    /// <summary>The address to store (encrypted) and to post to, without a signature.</summary>
    public string Value => $"{Endpoint.AbsoluteUri}?{TokenParameter}={Token}";

    /// <summary>What readers of the API get: <c>…?access_token=****wxyz</c>.</summary>
    public string Masked => $"{Endpoint.AbsoluteUri}?{TokenParameter}={Hidden}{LastFour}";

    /// <summary>Host and, where it is not the scheme's own, port: for lists and forms.</summary>
    public string Host => Endpoint.Authority;

    /// <summary>The last four characters, for people to tell robots apart; empty for a token too short to lose them.</summary>
    public string LastFour => Token.Length > 4 ? Token[^4..] : string.Empty;

    /// <summary>Names the robot: equal for two webhooks that draw on one budget. It contains the token: key a fingerprint with it, do not
    /// store it. The address is left out, since one robot may be reached through two (its host, and an alias or a relay).</summary>
    public string Identity => "dingtalk:" + Token;

    public override string ToString() => Masked;
}
