using System.Net.Mail;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Smtp = MailKit.Net.Smtp.SmtpClient;

namespace Notify.Admin.Mail;

/// <summary>Hands mails to the configured server, one connection each. Only failures are logged, without what was said.</summary>
/// <param name="trust">Which certificates to trust; null is as the machine does.</param>
internal sealed class MailClient(SmtpOptions options, TimeProvider time, ILogger<MailClient> logger, X509ChainPolicy? trust = null)
{
    private const int LongestAnswer = 200;

    /// <summary>Takes at most <see cref="SmtpOptions.Timeout"/>.</summary>
    public async Task<MailResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var result = await TrySendAsync(mail, cancellationToken, either.Token);
        if (!result.IsSent)
        {
            logger.LogWarning("A mail was not sent through {Host}:{Port}: {Failure} {Code}", options.Host, options.PortInUse,
                result.Failure, result.Code);
        }

        return result;
    }

    private async Task<MailResult> TrySendAsync(OutgoingMail mail, CancellationToken caller, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(mail.To, out var recipient))
        {
            return new MailResult(MailFailure.RecipientRefused);
        }

        // Revocation lists are asked for from the internet, which a mail relay's network need not reach.
        using var smtp = new Smtp { CheckCertificateRevocation = false };
        var distrust = "";
        smtp.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            (distrust = Distrust(certificate, chain, errors)).Length == 0;
        try
        {
            return await ConnectAsync(smtp, cancellationToken) ?? await LogInAsync(smtp, cancellationToken)
                ?? await DeliverAsync(smtp, mail, recipient, cancellationToken);
        }
        catch (SslHandshakeException e)
        {
            return new MailResult(MailFailure.NotSecure, null, distrust.Length > 0 ? distrust : Shorten(e.GetBaseException().Message));
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException)
        {
            return new MailResult(MailFailure.Unreachable, null, Shorten(e.Message));
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new MailResult(MailFailure.TimedOut);
        }
    }

    private async Task<MailResult?> ConnectAsync(Smtp smtp, CancellationToken cancellationToken)
    {
        var security = options.Security switch
        {
            SmtpSecurity.None => SecureSocketOptions.None,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        };
        try
        {
            await smtp.ConnectAsync(options.Host!, options.PortInUse, security, cancellationToken);
            return null;
        }
        catch (NotSupportedException)
        {
            // The server does not offer STARTTLS.
            return new MailResult(MailFailure.NotSecure);
        }
        catch (SmtpCommandException e)
        {
            // With STARTTLS offered, what failed is STARTTLS itself.
            return Refused(smtp.Capabilities.HasFlag(SmtpCapabilities.StartTLS) ? MailFailure.NotSecure : MailFailure.Refused, e);
        }
    }

    private async Task<MailResult?> LogInAsync(Smtp smtp, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.UserName))
        {
            return null;
        }

        // These would offer the identity of the machine first.
        smtp.AuthenticationMechanisms.ExceptWith(["NTLM", "GSSAPI", "NEGOTIATE"]);
        try
        {
            await smtp.AuthenticateAsync(Encoding.UTF8, options.UserName, options.Password!, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is AuthenticationException or SmtpCommandException or NotSupportedException)
        {
            // The code alone, not the server's text: some servers repeat what they were given.
            return new MailResult(MailFailure.LoginRefused, (int?)(e.GetBaseException() as SmtpCommandException)?.StatusCode);
        }
    }

    private async Task<MailResult> DeliverAsync(Smtp smtp, OutgoingMail mail, MailboxAddress recipient, CancellationToken cancellationToken)
    {
        // A server understands names before the @ that are not ASCII only by an extension; those of hosts have another spelling.
        var isInternational = !Ascii.IsValid(recipient.LocalPart);
        if (isInternational && !smtp.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            return new MailResult(MailFailure.RecipientRefused);
        }

        var from = new MailAddress(options.From!);
        using var message = MailText.Compose(mail, recipient, new MailboxAddress(from.DisplayName, from.Address), time.GetUtcNow());
        var format = FormatOptions.Default.Clone();
        format.International = isInternational;
        try
        {
            await smtp.SendAsync(format, message, cancellationToken);
        }
        catch (ServiceNotAuthenticatedException)
        {
            // The server takes mail only from those who log in. The code alone, as for a log-in that it refuses.
            return new MailResult(MailFailure.LoginRefused, (int)MailKit.Net.Smtp.SmtpStatusCode.AuthenticationRequired);
        }
        catch (NotSupportedException e)
        {
            // What the mail needs is an extension that the server does not have.
            return new MailResult(MailFailure.Refused, null, Shorten(e.Message));
        }
        catch (SmtpCommandException e)
        {
            return Refused(
                e.ErrorCode switch
                {
                    SmtpErrorCode.SenderNotAccepted => MailFailure.SenderRefused,
                    SmtpErrorCode.RecipientNotAccepted => MailFailure.RecipientRefused,
                    _ => MailFailure.Refused,
                },
                e);
        }

        try
        {
            await smtp.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
            // The mail is delivered already; only the goodbye failed.
        }

        return new MailResult();
    }

    private static MailResult Refused(MailFailure failure, SmtpCommandException e) => new(failure, (int)e.StatusCode, Shorten(e.Message));

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line[..Math.Min(line.Length, LongestAnswer)];
    }

    /// <returns>Why the certificate is not to be trusted, in the words of .NET; empty if it is.</returns>
    private string Distrust(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (trust is not null && certificate is not null)
        {
            using var own = new X509Chain { ChainPolicy = trust };
            using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            if (own.Build(server))
            {
                errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
            }
        }

        return errors == SslPolicyErrors.None
            ? "" : string.Join(' ', [$"{errors}", .. chain?.ChainStatus.Select(status => $"{status.Status}").Distinct() ?? []]);
    }
}
