using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Notify.Admin.Mail;

namespace Notify.Admin.Testing;

/// <summary>A small mail server that keeps what it gets. It wants a log-in, and can refuse, hang, and repeat what it is told.</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    public const string UserName = "notify";
    public const string Password = "password-of-the-mail-server-for-tests";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<TestMail> _mails = Channel.CreateUnbounded<TestMail>();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly SmtpSecurity _security;
    private readonly Task _accepting;

    private TestMailServer(SmtpSecurity security)
    {
        _security = security;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>For <c>localhost</c>, signed by nobody but itself.</summary>
    public X509Certificate2 Certificate { get; } = SelfSigned();

    /// <summary>The password that it lets in.</summary>
    public string ExpectedPassword { get; set; } = Password;

    /// <summary>The ways to log in that it offers.</summary>
    public string LogIns { get; set; } = "PLAIN LOGIN";

    public bool OffersStartTls { get; set; } = true;

    /// <summary>True offers it, and says no when asked.</summary>
    public bool RefusesStartTls { get; set; }

    /// <summary>True says nothing to whoever connects.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The address that it knows nobody at.</summary>
    public string? RefusedRecipient { get; set; }

    /// <summary>Done when the first client is there.</summary>
    public Task Connected => _connected.Task;

    /// <summary>The product's, to send by it.</summary>
    public IReadOnlyDictionary<string, string> Configuration => new Dictionary<string, string>
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{Port}",
        ["Smtp:Security"] = $"{_security}",
        ["Smtp:UserName"] = UserName,
        ["Smtp:Password"] = Password,
        ["Smtp:From"] = "Notify.Admin <notify@example.test>",
    };

    public static TestMailServer Start(SmtpSecurity security = SmtpSecurity.None) => new(security);

    /// <summary>Waits for the next mail.</summary>
    public async Task<TestMail> NextAsync(CancellationToken cancellationToken) => await _mails.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
        Certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            _connected.TrySetResult();
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client, or the test, has gone.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (IsSilent)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        var talk = new Talk(_security == SmtpSecurity.Tls ? await SecureAsync(stream) : stream, _stop.Token);
        var (isSecure, isLoggedIn, to) = (_security != SmtpSecurity.StartTls, false, "");
        await talk.SayAsync("220 mail.example.test ready");
        while (await talk.ReadAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0])
            {
                case "EHLO":
                    var offers = (OffersStartTls && !isSecure ? "\r\n250-STARTTLS" : "") + (isSecure ? $"\r\n250-AUTH {LogIns}" : "");
                    await talk.SayAsync($"250-mail.example.test{offers}\r\n250 8BITMIME");
                    break;
                case "STARTTLS" when RefusesStartTls:
                    await talk.SayAsync("454 TLS not available");
                    break;
                case "STARTTLS" when !isSecure:
                    await talk.SayAsync("220 go ahead");
                    talk = new Talk(await SecureAsync(stream), _stop.Token);
                    isSecure = true;
                    break;
                case "AUTH" when isSecure:
                    isLoggedIn = await LogInAsync(talk, line);
                    break;
                case "MAIL" when isLoggedIn:
                    await talk.SayAsync("250 ok");
                    break;
                case "RCPT" when isLoggedIn:
                    to = line["RCPT TO:<".Length..^1];
                    await talk.SayAsync(to == RefusedRecipient ? $"550 5.1.1 <{to}>: no such person here" : "250 ok");
                    break;
                case "DATA" when isLoggedIn:
                    await talk.SayAsync("354 go on");
                    var mail = new TestMail(to, await talk.ReadContentAsync());
                    await talk.SayAsync("250 taken");
                    await _mails.Writer.WriteAsync(mail, _stop.Token);
                    break;
                case "QUIT":
                    await talk.SayAsync("221 bye");
                    return;
                default:
                    await talk.SayAsync($"530 not now: {line}");
                    break;
            }
        }
    }

    private async Task<bool> LogInAsync(Talk talk, string line)
    {
        var words = line.Split(' ');
        if (words is ["AUTH", "LOGIN"])
        {
            await talk.SayAsync("334 VXNlcm5hbWU6");
            var name = await talk.ReadAsync();
            await talk.SayAsync("334 UGFzc3dvcmQ6");
            words = ["AUTH", "PLAIN", Base64($"\0{Text(name!)}\0{Text((await talk.ReadAsync())!)}")];
        }

        var isRight = words is ["AUTH", "PLAIN", var given] && LogIns.Contains(line.Split(' ')[1], StringComparison.Ordinal)
            && Text(given) == $"\0{UserName}\0{ExpectedPassword}";
        await talk.SayAsync(isRight ? "235 welcome" : $"535 5.7.8 refused: {string.Join(' ', words)} {Text(words[^1])}");
        return isRight;
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new IOException(e.Message, e);
        }

        return secure;
    }

    private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private sealed class Talk(Stream stream, TextReader lines, CancellationToken stop)
    {
        public Talk(Stream stream, CancellationToken stop)
            : this(stream, new StreamReader(stream, Encoding.UTF8), stop)
        {
        }

        public Task<string?> ReadAsync() => lines.ReadLineAsync(stop).AsTask();

        public async Task SayAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), stop);

        public async Task<string> ReadContentAsync()
        {
            var content = new StringBuilder();
            while (await ReadAsync() is { } line && line != ".")
            {
                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return content.ToString();
        }
    }
}
