using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace Notify.Admin.Mail;

/// <summary>A mail in the form in which it travels (RFC 5322, MIME): ASCII, lines of at most 76 characters.</summary>
internal static class MailText
{
    // With its frame an encoded word has at most 75 characters (RFC 2047): 45 bytes are 60 in base64.
    private const int BytesPerWord = 45;

    /// <param name="id">Unlike that of any other mail.</param>
    public static string Compose(OutgoingMail mail, MailAddress from, DateTimeOffset now, Guid id)
    {
        var boundary = $"part-{id:N}";
        return string.Join(
            "\r\n",
            [
                $"From: {(from.DisplayName.Length == 0 ? "" : Encoded(from.DisplayName) + " ")}<{from.Address}>",
                $"To: <{mail.To}>",
                $"Subject: {Encoded(mail.Subject)}",
                $"Date: {now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}",
                $"Message-ID: <{id:N}@{from.Host}>",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                $"Content-Type: multipart/alternative; boundary=\"{boundary}\"",
                "",
                // The last is the one that is shown where both can be.
                .. Part(boundary, "text/plain", mail.Text),
                .. Part(boundary, "text/html", mail.Html),
                $"--{boundary}--",
                "",
            ]);
    }

    private static IEnumerable<string> Part(string boundary, string type, string content) =>
    [
        $"--{boundary}",
        $"Content-Type: {type}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks),
    ];

    // Always encoded, whatever is in it: nothing in a name or subject can become a header of its own.
    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > BytesPerWord)
            {
                words.Add(WordOf(word));
                word.Clear();
            }

            word.AddRange(bytes[..length]);
        }

        words.Add(WordOf(word));
        return string.Join("\r\n ", words);
    }

    private static string WordOf(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
