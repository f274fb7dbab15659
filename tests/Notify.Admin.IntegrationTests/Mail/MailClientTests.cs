using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Notify.Admin.Mail;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Mail;

/// <summary>Conversations with a real mail server on this machine.</summary>
public sealed class MailClientTests : IDisposable
{
    private static readonly OutgoingMail Mail = new("kim@example.test", "Subject 主题", "Text 正文\n.\n.dot", "<p>Html 网页</p>");

    private readonly LogCapture _log = new();
    private readonly ILoggerFactory _loggers;

    public MailClientTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _loggers.Dispose();

    [Theory]
    [InlineData(SmtpSecurity.None, "PLAIN LOGIN")]
    [InlineData(SmtpSecurity.None, "LOGIN")]
    [InlineData(SmtpSecurity.StartTls, "PLAIN")]
    [InlineData(SmtpSecurity.Tls, "PLAIN")]
    public async Task Send_EveryWay_ArrivesAsItWas(SmtpSecurity security, string logIns)
    {
        await using var server = TestMailServer.Start(security);
        server.LogIns = logIns;

        (await ClientOf(server, security, server.Certificate).SendAsync(Mail, Stop)).ShouldBe(new MailResult());

        var mail = await server.NextAsync(Stop);
        (mail.To, mail.Subject, mail.Text.ReplaceLineEndings("\n"), mail.Html).ShouldBe((Mail.To, Mail.Subject, Mail.Text, Mail.Html));
        mail.HeaderOf("From").ShouldEndWith(" <notify@example.test>");
        _log.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task Send_CertificateThatNobodySigned_SaysNothingToTheServer(SmtpSecurity security)
    {
        await using var server = TestMailServer.Start(security);

        var result = await ClientOf(server, security).SendAsync(Mail, Stop);

        result.Failure.ShouldBe(MailFailure.NotSecure);
        result.Answer.ShouldBe("RemoteCertificateChainErrors UntrustedRoot");
    }

    [Fact]
    public async Task Send_CertificateOfAnother_IsRefused()
    {
        await using var server = TestMailServer.Start(SmtpSecurity.Tls);

        (await ClientOf(server, SmtpSecurity.Tls, server.Certificate, "127.0.0.1")
            .SendAsync(Mail, Stop)).Failure.ShouldBe(MailFailure.NotSecure);
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_DoesNotGoOnInTheClear()
    {
        await using var server = TestMailServer.Start(SmtpSecurity.StartTls);
        server.OffersStartTls = false;

        (await ClientOf(server, SmtpSecurity.StartTls, server.Certificate).SendAsync(Mail, Stop))
            .ShouldBe(new MailResult(MailFailure.NotSecure));
    }

    [Fact]
    public async Task Send_StartTlsOfferedButRefused_DoesNotGoOnInTheClear()
    {
        await using var server = TestMailServer.Start(SmtpSecurity.StartTls);
        server.RefusesStartTls = true;

        (await ClientOf(server, SmtpSecurity.StartTls, server.Certificate).SendAsync(Mail, Stop))
            .ShouldBe(new MailResult(MailFailure.NotSecure, 454, "TLS not available"));
    }

    [Theory]
    [InlineData("PLAIN", 535)]
    [InlineData("LOGIN", 535)]
    [InlineData("XOAUTH2", null)]
    public async Task Send_WrongPasswordThatTheServerRepeats_IsNotShownOrLogged(string logIns, int? code)
    {
        await using var server = TestMailServer.Start();
        (server.ExpectedPassword, server.LogIns) = ("another", logIns);

        var result = await ClientOf(server).SendAsync(Mail, Stop);

        (result.Failure, result.Code, result.Answer).ShouldBe((MailFailure.LoginRefused, code, null));
        _log.Lines.ShouldHaveSingleItem().ShouldContain($"LoginRefused {code}");
        _log.Lines.ShouldAllBe(line => !line.Contains(TestMailServer.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WithoutALogInThatTheServerWants_SaysSo()
    {
        await using var server = TestMailServer.Start();

        (await ClientOf(new SmtpOptions { Host = "localhost", Port = server.Port, Security = SmtpSecurity.None,
            From = "notify@example.test" }).SendAsync(Mail, Stop)).ShouldBe(new MailResult(MailFailure.LoginRefused, 530));
    }

    [Fact]
    public async Task Send_UnknownRecipient_HasTheServersWords()
    {
        await using var server = TestMailServer.Start();
        server.RefusedRecipient = Mail.To;

        (await ClientOf(server).SendAsync(Mail, Stop))
            .ShouldBe(new MailResult(MailFailure.RecipientRefused, 550, "5.1.1 <kim@example.test>: no such person here"));
    }

    [Theory]
    [InlineData("姓名@example.test", false)]
    [InlineData("kim@例子.test", true)]
    public async Task Send_AddressThatIsNotAscii_GoesWhereItCan(string to, bool isSent)
    {
        await using var server = TestMailServer.Start();

        (await ClientOf(server).SendAsync(Mail with { To = to }, Stop)).Failure.ShouldBe(isSent ? null : MailFailure.RecipientRefused);

        if (isSent)
        {
            (await server.NextAsync(Stop)).To.ShouldBe("kim@xn--fsqu00a.test");
        }
    }

    [Fact]
    public async Task Send_NobodyListens_IsUnreachable()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var result = await ClientOf(new SmtpOptions { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None,
            From = "notify@example.test" }).SendAsync(Mail, Stop);

        result.Failure.ShouldBe(MailFailure.Unreachable);
        result.Answer.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Send_ServerThatSaysNothing_EndsAfterTheTimeout()
    {
        await using var server = TestMailServer.Start();
        server.IsSilent = true;

        (await ClientOf(server, timeout: TimeSpan.FromMilliseconds(300)).SendAsync(Mail, Stop))
            .ShouldBe(new MailResult(MailFailure.TimedOut));
    }

    [Fact]
    public async Task Send_CallerGivesUp_IsCancelled()
    {
        await using var server = TestMailServer.Start();
        server.IsSilent = true;
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var sending = ClientOf(server, timeout: TimeSpan.FromMinutes(1)).SendAsync(Mail, caller.Token);
        await server.Connected;
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    private MailClient ClientOf(
        TestMailServer server, SmtpSecurity security = SmtpSecurity.None, X509Certificate2? trusted = null, string? host = null,
        TimeSpan? timeout = null) =>
        ClientOf(
            new SmtpOptions
            {
                Host = host ?? "localhost", Port = server.Port, Security = security, UserName = TestMailServer.UserName,
                    Password = TestMailServer.Password,
                From = "Notify.Admin <notify@example.test>", Timeout = timeout ?? TimeSpan.FromSeconds(30),
            },
            trusted);

    private MailClient ClientOf(SmtpOptions options, X509Certificate2? trusted = null)
    {
        var trust = trusted is null
            ? null
            : new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { trusted },
                RevocationMode = X509RevocationMode.NoCheck };
        return new MailClient(options, TimeProvider.System, _loggers.CreateLogger<MailClient>(), trust);
    }
}
