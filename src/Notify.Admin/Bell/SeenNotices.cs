using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.Bell;

/// <summary>When a person last looked, and at which causes: what they have not seen is new to them. Causes are kept, not the moment alone:
/// one can have begun before that look and be shown only since.</summary>
/// <param name="At">Null for somebody who has never looked.</param>
/// <param name="Marks">Of the causes that were there.</param>
public sealed record SeenNotices(DateTimeOffset? At, IReadOnlySet<string> Marks)
{
    public static readonly SeenNotices None = new(null, new HashSet<string>());

    // Eight letters: two causes of one board are never confused, and a hundred fit into what is kept of a person's choices.
    private const int MarkBytes = 6;

    public static SeenNotices Of(IEnumerable<Notice> notices, DateTimeOffset now) =>
        new(now, notices.Take(BellReader.Most).Select(MarkOf).ToHashSet(StringComparer.Ordinal));

    /// <summary>Reads what <see cref="ToText"/> wrote; what is not understood was never seen.</summary>
    public static SeenNotices Parse(string? text) =>
        text?.Split(' ') is [var at, .. var marks]
        && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new SeenNotices(moment, marks.ToHashSet(StringComparer.Ordinal)) : None;

    public string ToText() =>
        string.Join(' ', [At?.ToString("O", CultureInfo.InvariantCulture) ?? "", .. Marks.Order(StringComparer.Ordinal)]);

    /// <summary>It was not there at the last look, or one more has joined it since.</summary>
    public bool IsNew(Notice notice) => At is not { } at || !Marks.Contains(MarkOf(notice)) || notice.Since > at;

    private static string MarkOf(Notice notice) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Key)).AsSpan(0, MarkBytes));
}
