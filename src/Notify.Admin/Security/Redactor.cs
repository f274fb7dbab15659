using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Notify.Admin.Security;

/// <summary>Takes secrets out of text that leaves the process or is kept: log lines, vendor answers, error texts, attempts and audit
/// entries. It prefers masking too much to masking too little, and takes linear time on any input.</summary>
internal static class Redactor
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    // Shorter "secrets" would mask ordinary words all over the text.
    private const int ShortestKnownSecret = 4;

    // What is left of a known secret that was cut off by the end of the text is masked from this length on.
    private const int ShortestCutSecret = 8;

    // Text that holds none of these is returned as it is, which is what most log lines are.
    private static readonly SearchValues<string> Markers = SearchValues.Create(
        ["token", "secret", "password", "passwd", "pwd", "key", "sign", "authorization", "bearer", "xox", "xapp-", "SEC", "nak_", "nas_",
            "/in/", @"/in\/", "%2Fin%2F", "/services/", @"/services\/", "%2Fservices%2F"],
        StringComparison.OrdinalIgnoreCase);

    // A secret of these alone is written in one way.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The text with every recognisable secret masked, and every one of <paramref name="knownSecrets"/> in whatever way it is
    /// written: as it is, percent-encoded, form-encoded, JSON-escaped or HTML-encoded. Null and empty known secrets are ignored.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Redact(string? text, params ReadOnlySpan<string?> knownSecrets)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        foreach (var secret in knownSecrets)
        {
            if (secret is { Length: >= ShortestKnownSecret })
            {
                text = MaskKnown(text, secret);
            }
        }

        if (!text.AsSpan().ContainsAny(Markers))
        {
            return text;
        }

        foreach (var pattern in Recognisable.Patterns)
        {
            text = pattern.Replace(text, "${k}" + Mask);
        }

        return text;
    }

    /// <summary>Redacts first and cuts afterwards, so that a secret across the cut is never left half visible.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? RedactAndCut(string? text, int maxLength, params ReadOnlySpan<string?> knownSecrets)
    {
        var redacted = Redact(text, knownSecrets);
        return redacted is null || redacted.Length <= maxLength ? redacted : ForeignText.Cut(redacted, Math.Max(0, maxLength - 1)) + "…";
    }

    private static string MaskKnown(string text, string secret)
    {
        foreach (var form in WrittenForms(secret))
        {
            // Escapes may be in either case of hexadecimal digits, or mixed.
            var comparison = form == secret ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            text = text.Replace(form, Mask, comparison);

            for (var length = Math.Min(form.Length - 1, text.Length); length >= ShortestCutSecret; length--)
            {
                if (text.AsSpan().EndsWith(form.AsSpan(0, length), comparison))
                {
                    text = string.Concat(text.AsSpan(0, text.Length - length), Mask);
                    break;
                }
            }
        }

        return text;
    }

    /// <summary>Longest first: a shorter form may be part of a longer one.</summary>
    private static IEnumerable<string> WrittenForms(string secret)
    {
        if (!secret.AsSpan().ContainsAnyExcept(Plain))
        {
            return [secret];
        }

        var percent = Uri.EscapeDataString(secret);
        string[] forms =
        [
            secret,
            percent,
            Uri.EscapeDataString(percent),
            WebUtility.UrlEncode(secret),
            WebUtility.HtmlEncode(secret),
            JavaScriptEncoder.Default.Encode(secret),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
            secret.Replace("/", "\\/", StringComparison.Ordinal),
        ];
        return forms.Distinct(StringComparer.Ordinal).OrderByDescending(written => written.Length);
    }

    // Apart, so that they are made when the first text needs them: all together take 20 MiB.
    private static class Recognisable
    {
        private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

        // A member or parameter name whose value is secret: the plain name, or any name that ends in it (slackToken, refresh_token,
        // x-api-key).
        private const string SecretName = @"(?:[\w-]*(?:token|secret|password|passwd|pwd|api[_-]?key|signature)|sign)";

        // A quote as JSON writes it at any depth of nesting: as it is, after backslashes, or as \u0022.
        private const string Quote = @"(?:\\*[""']|\\+u0022)";

        // Between the parts of a path: as it is, as JSON may write it, or percent-encoded inside a parameter.
        private const string Slash = @"(?:\\?/|%2[Ff])";

        private const string JsonName = Quote + "(?:" + SecretName + "|authorization)" + Quote + @"\s*:\s*";

        /// <summary>Each keeps its group <c>k</c> and masks the rest of the match.</summary>
        public static readonly Regex[] Patterns =
        [
            // "token": "…", and the same inside a JSON string (\"token\": \"…\"), where a backslash before the quote ends the value.
            new(@"(?<k>" + JsonName + @""")(?:[^""\\]|\\.)+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>" + JsonName + @"\\+"")(?:[^""\\]|\\+[^""\\])+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>" + JsonName + @"\\+u0022)[^"",}]+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>" + JsonName + @"')[^']+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>" + JsonName + @")-?[0-9][0-9.eE+-]*", Linear | RegexOptions.IgnoreCase),

            // access_token=…, sign=…, Password=…; also percent-encoded inside another parameter (%3Faccess_token%3D…).
            new(@"(?<k>\b" + SecretName + @"\s?(?:=|%3D|%253D)\s?"")[^""]+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>\b" + SecretName + @"\s?(?:=|%3D|%253D)\s?')[^']+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>\b" + SecretName + @"(?:=|%3D|%253D))[^&\s""'<>;]+", Linear | RegexOptions.IgnoreCase),

            // Authorization and the like, as headers are written.
            new(@"(?<k>\bauthorization\s*[:=]\s*)[^""'\r\n]+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>\bbearer\s+)[^\s""'<>,;\\]{6,}", Linear | RegexOptions.IgnoreCase),

            // Slack's bot, user, refresh, expiring and app-level tokens.
            new(@"(?<k>xox[a-z](?:\.xox[a-z])?-)[\w%+/=-]+", Linear | RegexOptions.IgnoreCase),
            new(@"(?<k>(?:\b|_)xapp-)[\w%+/=-]+", Linear | RegexOptions.IgnoreCase),

            // DingTalk's signing secrets; our own API keys and access-key secrets.
            new(@"(?<k>(?:\b|_)SEC)[0-9A-Za-z]{20,}", Linear),
            new(@"(?<k>(?:\b|_)na[ks]_)[\w-]{8,}", Linear),

            // The address of a source here, and of Slack's incoming webhooks, whose form some of ours have: its path is the secret.
            new("(?<k>" + Slash + "in" + Slash + ")[A-Za-z0-9]{20,}", Linear),
            new("(?<k>" + Slash + "services" + Slash + ")T[A-Z0-9]{6,}" + Slash + "B[A-Z0-9]{6,}" + Slash + "[A-Za-z0-9]{16,}", Linear),
        ];
    }
}
