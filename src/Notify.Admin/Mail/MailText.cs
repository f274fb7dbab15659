using System.Text;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace Notify.Admin.Mail;

/// <summary>A mail as a message: text and HTML that say the same.</summary>
internal static class MailText
{
    public static MimeMessage Compose(OutgoingMail mail, MailboxAddress to, MailboxAddress from, DateTimeOffset now) =>
        new([from], [to], mail.Subject, new MultipartAlternative
        {
            // Mail programs show the last part that they can.
            Part(TextFormat.Plain, mail.Text),
            Part(TextFormat.Html, mail.Html),
        })
        {
            Date = now.ToUniversalTime(),
            // Without it the message would name this machine.
            MessageId = MimeUtils.GenerateMessageId(from.Domain),
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
        };

    private static TextPart Part(TextFormat format, string content)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, content.ReplaceLineEndings("\r\n"));
        return part;
    }
}
