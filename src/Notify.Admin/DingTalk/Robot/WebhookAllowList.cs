using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.DingTalk;

/// <summary>The configured robot addresses, and the one place where a webhook typed by a person or sent by a program is read.</summary>
internal sealed class WebhookAllowList : IListedHosts
{
    private const int MaxLength = 2048;
    private const int MaxTokenLength = 256;

    // The part of a pasted address that another program added for one call.
    private static readonly string[] SignatureParameters = ["timestamp", "sign"];

    private readonly Uri[] _entries;

    public WebhookAllowList(IOptions<DingTalkOptions> options)
        : this(options.Value.EffectiveWebhooks)
    {
    }

    internal WebhookAllowList(IEnumerable<string> webhooks) => _entries = [.. webhooks.Select(ReadEntry)];

    /// <summary>The addresses, for the sentence that explains a refusal.</summary>
    public IReadOnlyList<Uri> Entries => _entries;

    internal static bool TryReadEntry([NotNullWhen(true)] string? value, [NotNullWhen(true)] out Uri? entry) =>
        Uri.TryCreate(value, UriKind.Absolute, out entry)
        && entry.Scheme is "http" or "https"
        && entry is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" }
        && !value.AsSpan().ContainsAny(" ?#*");

    public string Setting => $"{DingTalkOptions.Section}:{nameof(DingTalkOptions.AllowedWebhooks)}";

    public bool Lists(string host, int port) =>
        _entries.Any(entry => entry.Port == port && string.Equals(entry.IdnHost, host, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for what a reader of the API was shown in place of the webhook.</summary>
    public static bool IsMasked(string text) => text.Contains('*', StringComparison.Ordinal);

    /// <summary>Reads what an Admin pastes: the whole address, with or without the scheme, quotes or blanks around it, with another
    /// program's timestamp and sign (dropped), or the token alone, which then belongs to the first allowed address.</summary>
    public bool TryRead(string? text, [NotNullWhen(true)] out WebhookUrl? webhook, out WebhookRefusal refusal)
    {
        var trimmed = (text ?? string.Empty).Trim().Trim('"', '\'', '“', '”', '‘', '’', '`', '<', '>').Trim();
        if (IsToken(trimmed) && !LooksLikeSecret(trimmed))
        {
            webhook = new WebhookUrl(_entries[0], trimmed);
            refusal = default;
            return true;
        }

        var hasScheme = trimmed.Contains("://", StringComparison.Ordinal) || !trimmed.Contains('/', StringComparison.Ordinal);
        return TryReadUrl(hasScheme ? trimmed : "https://" + trimmed, out webhook, out refusal);
    }

    /// <summary>Reads a <c>SendUrl</c> of the API: a whole address.</summary>
    public bool TryReadUrl(string? text, [NotNullWhen(true)] out WebhookUrl? webhook, out WebhookRefusal refusal)
    {
        refusal = Check(text?.Trim() ?? string.Empty, out webhook);
        return webhook is not null;
    }

    /// <summary>Whether a webhook that was read before is still allowed: the list may be another one by now.</summary>
    public bool Allows(WebhookUrl webhook, out WebhookRefusal refusal)
    {
        refusal = default;
        var isAllowed = webhook.Endpoint is { UserInfo: "", Query: "", Fragment: "" } endpoint && IsToken(webhook.Token)
            && Array.Exists(_entries, entry => Compare(entry, endpoint) is null);
        return isAllowed || TryReadUrl(webhook.Value, out _, out refusal);
    }

    private WebhookRefusal Check(string text, out WebhookUrl? webhook)
    {
        webhook = null;
        if (text.Length == 0)
        {
            return WebhookRefusal.Empty;
        }

        if (text.Length > MaxLength)
        {
            return WebhookRefusal.TooLong;
        }

        if (LooksLikeSecret(text))
        {
            return WebhookRefusal.LooksLikeSecret;
        }

        if (IsMasked(text))
        {
            return WebhookRefusal.Masked;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return WebhookRefusal.NotAUrl;
        }

        if (uri.UserInfo.Length > 0)
        {
            return WebhookRefusal.UserInfo;
        }

        if (Array.Find(_entries, entry => Compare(entry, uri) == null) is not { } endpoint)
        {
            // The nearest entry tells the person what is wrong: a refusal of the path means that the rest was right.
            return _entries.Max(entry => Compare(entry, uri)!.Value);
        }

        return CheckQuery(uri, out var token) is { } refusal ? refusal : Accept(endpoint, token, out webhook);
    }

    private static WebhookRefusal Accept(Uri endpoint, string token, out WebhookUrl webhook)
    {
        webhook = new WebhookUrl(endpoint, token);
        return default;
    }

    private static WebhookRefusal? CheckQuery(Uri uri, out string token)
    {
        token = string.Empty;
        var tokens = 0;
        var unknown = false;
        foreach (var pair in new QueryStringEnumerable(uri.Query))
        {
            var name = pair.DecodeName().Span;
            if (name.SequenceEqual(WebhookUrl.TokenParameter))
            {
                token = pair.DecodeValue().ToString();
                tokens++;
            }
            else
            {
                unknown |= !name.IsEmpty && !SignatureParameters.Contains(name.ToString());
            }
        }

        return tokens switch
        {
            0 => WebhookRefusal.TokenMissing,
            > 1 => WebhookRefusal.TokenRepeated,
            _ when token.Length == 0 => WebhookRefusal.TokenMissing,
            _ when !IsToken(token) => WebhookRefusal.TokenMalformed,
            _ when unknown => WebhookRefusal.UnknownParameter,
            _ => null,
        };
    }

    // Null where scheme, host, port and path are equal; else the first difference, ordered so that a greater value is a nearer miss.
    private static WebhookRefusal? Compare(Uri entry, Uri uri)
    {
        if (!string.Equals(entry.IdnHost, uri.IdnHost, StringComparison.OrdinalIgnoreCase))
        {
            return WebhookRefusal.HostNotAllowed;
        }

        if (entry.Scheme != uri.Scheme)
        {
            return WebhookRefusal.SchemeNotAllowed;
        }

        if (entry.Port != uri.Port)
        {
            return WebhookRefusal.PortNotAllowed;
        }

        return string.Equals(entry.AbsolutePath, uri.AbsolutePath, StringComparison.Ordinal) ? null : WebhookRefusal.PathNotAllowed;
    }

    private static bool IsToken(string text) => text.Length is > 0 and <= MaxTokenLength && text.All(char.IsAsciiLetterOrDigit);

    // Tokens are hexadecimal, secrets begin with SEC and are as long.
    private static bool LooksLikeSecret(string text) =>
        text.StartsWith("SEC", StringComparison.Ordinal) && text.Length >= 32 && IsToken(text);

    private static Uri ReadEntry(string value) =>
        TryReadEntry(value, out var entry) ? entry : throw new ArgumentException("Not an address for a webhook.", nameof(value));
}
