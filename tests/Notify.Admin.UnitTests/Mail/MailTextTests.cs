using System.Net.Mail;
using System.Text;
using Notify.Admin.Mail;

namespace Notify.Admin.UnitTests.Mail;

public class MailTextTests
{
    private static readonly Guid Id = new("0123456789abcdef0123456789abcdef");

    [Fact]
    public void Compose_Plain_HasHeadersAndBothParts()
    {
        var text = Compose(new OutgoingMail("kim@example.test", "Hello", "one\ntwo", "<p>three</p>"));

        text.ShouldStartWith("From: =?utf-8?B?Tm90aWZ5?= <notify@example.com>\r\nTo: <kim@example.test>\r\nSubject: =?utf-8?B?SGVsbG8=?=\r\nDate: Fri, 02 Jan 2026 03:04:05 +0000\r\n");
        text.ShouldContain("Message-ID: <0123456789abcdef0123456789abcdef@example.com>\r\n");
        text.ShouldContain($"text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Base64("one\r\ntwo")}\r\n--part-");
        text.ShouldContain($"text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Base64("<p>three</p>")}\r\n--part-");
        text.ShouldEndWith("--\r\n");
    }

    [Theory]
    [InlineData("Hello\r\nBcc: everybody@example.test")]
    [InlineData("邀请您使用 notify.example.com 上的 Notify.Admin，请在三天之内打开链接并设置密码。🔑🔑🔑🔑🔑🔑🔑🔑")]
    public void Compose_AnySubject_IsOneHeaderOfShortAsciiLines(string subject)
    {
        var text = Compose(new OutgoingMail("kim@example.test", subject, new string('字', 500), "<p></p>"));

        Ascii.IsValid(text).ShouldBeTrue();
        text.Split("\r\n").Max(line => line.Length).ShouldBeLessThanOrEqualTo(86);
        text.ReplaceLineEndings("").Length.ShouldBe(text.Length - (2 * text.Split("\r\n").Length) + 2);
        text.Split("\r\n").ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
        var words = text.Split("\r\n").SkipWhile(line => !line.StartsWith("Subject: ", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("Date", StringComparison.Ordinal));
        // Each word is text by itself: no character is cut.
        string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Split('?')[3])))).ShouldBe(subject);
    }

    private static string Compose(OutgoingMail mail) =>
        MailText.Compose(mail, new MailAddress("Notify <notify@example.com>"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Id);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
