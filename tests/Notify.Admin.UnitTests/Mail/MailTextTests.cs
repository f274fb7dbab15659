using System.Text;
using MimeKit;
using Notify.Admin.Mail;

namespace Notify.Admin.UnitTests.Mail;

public class MailTextTests
{
    [Fact]
    public void Compose_Plain_HasHeadersAndBothParts()
    {
        var text = Compose("Hello", "one\ntwo");

        foreach (var line in new[]
                 {
                     "From: Notify <notify@example.com>", "To: kim@example.test", "Subject: Hello", "Date: Fri, 02 Jan 2026 03:04:05 +0000",
                     "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                     "Content-Type: text/html; charset=utf-8", Base64("one\r\ntwo"), Base64("<p>three</p>"),
                 })
        {
            text.ShouldContain($"{line}\r\n");
        }

        text.ShouldContain("@example.com>\r\n");
        text.IndexOf("text/plain", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("text/html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: everybody@example.test", "HelloBcc: everybody@example.test")]
    [InlineData("邀请您使用 notify.example.com 上的 Notify.Admin，请在三天之内打开链接并设置密码。🔑🔑🔑🔑🔑🔑🔑🔑", null)]
    public void Compose_AnySubject_IsOneHeaderOfShortAsciiLines(string subject, string? read)
    {
        var text = Compose(subject, new string('字', 500));

        Ascii.IsValid(text).ShouldBeTrue();
        text.Split("\r\n").Max(line => line.Length).ShouldBeLessThanOrEqualTo(86);
        text.Split("\r\n").ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
        MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(text)), TestContext.Current.CancellationToken)
            .Subject.ShouldBe(read ?? subject);
    }

    private static string Compose(string subject, string text)
    {
        using var message = MailText.Compose(
            new OutgoingMail("kim@example.test", subject, text, "<p>three</p>"), new MailboxAddress("", "kim@example.test"),
            new MailboxAddress("Notify", "notify@example.com"), new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)));
        using var bytes = new MemoryStream();
        message.WriteTo(bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\r\n");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
