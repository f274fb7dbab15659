using System.Buffers;

namespace Notify.Admin.Slack;

/// <summary>The shape of a Slack token. Only what could never be sent is refused: prefixes change over the years.</summary>
internal static class SlackToken
{
    public const int MaxLength = 512;

    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1)
        .Select(code => (char)code)]);

    /// <summary>1 to 512 printable ASCII characters without blanks.</summary>
    public static bool IsWellFormed(string? token) =>
        token is { Length: > 0 and <= MaxLength } && !token.AsSpan().ContainsAnyExcept(Printable);
}
