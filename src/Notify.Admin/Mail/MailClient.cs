using System.Globalization;
using System.Net.Mail;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

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
        if (PathOf(mail.To) is not { } recipient)
        {
            return new MailResult(MailFailure.RecipientRefused);
        }

        try
        {
            await using var connection = await SmtpConnection.OpenAsync(options.Host!, options.PortInUse, cancellationToken);
            await GreetAsync(connection, cancellationToken);
            await DeliverAsync(connection, mail, recipient, cancellationToken);
            return new MailResult();
        }
        catch (RefusedException e)
        {
            return e.Result;
        }
        catch (AuthenticationException e)
        {
            return new MailResult(MailFailure.NotSecure, null, e.Message);
        }
        catch (IOException e)
        {
            return new MailResult(MailFailure.Unreachable, null, e.Message);
        }
        catch (OperationCanceledException) when (!caller.IsCancellationRequested)
        {
            return new MailResult(MailFailure.TimedOut);
        }
    }

    private async Task GreetAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        if (options.Security == SmtpSecurity.Tls)
        {
            await SecureAsync(connection, cancellationToken);
        }

        Demand(await connection.ReadReplyAsync(cancellationToken), MailFailure.Refused, 220);
        var offers = await HelloAsync(connection, cancellationToken);
        if (options.Security == SmtpSecurity.StartTls)
        {
            if (!offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
            {
                throw new RefusedException(new MailResult(MailFailure.NotSecure));
            }

            Demand(await connection.CommandAsync("STARTTLS", cancellationToken), MailFailure.NotSecure, 220);
            await SecureAsync(connection, cancellationToken);
            // What was offered in the clear counts for nothing.
            offers = await HelloAsync(connection, cancellationToken);
        }

        if (!string.IsNullOrEmpty(options.UserName))
        {
            await LogInAsync(connection, offers, cancellationToken);
        }
    }

    private Task SecureAsync(SmtpConnection connection, CancellationToken cancellationToken) =>
        connection.SecureAsync(new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = trust },
            cancellationToken);

    private static async Task<IReadOnlyList<string>> HelloAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var reply = await connection.CommandAsync($"EHLO {connection.LocalName}", cancellationToken);
        Demand(reply, MailFailure.Refused, 250);
        return [.. reply.Lines.Skip(1)];
    }

    private async Task LogInAsync(SmtpConnection connection, IReadOnlyList<string> offers, CancellationToken cancellationToken)
    {
        var ways = offers.Select(offer => offer.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words is [var name, ..] && name.Equals("AUTH", StringComparison.OrdinalIgnoreCase)) ?? [];
        var reply = ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase)
            ? await connection.CommandAsync($"AUTH PLAIN {Base64($"\0{options.UserName}\0{options.Password}")}", cancellationToken)
            : await LogInStepwiseAsync(connection, cancellationToken);
        if (reply.Code != 235)
        {
            // Not what it said: some servers repeat what they were given.
            throw new RefusedException(new MailResult(MailFailure.LoginRefused, reply.Code));
        }
    }

    private async Task<SmtpReply> LogInStepwiseAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        var reply = await connection.CommandAsync("AUTH LOGIN", cancellationToken);
        foreach (var word in new[] { options.UserName!, options.Password! })
        {
            if (reply.Code != 334)
            {
                return reply;
            }

            reply = await connection.CommandAsync(Base64(word), cancellationToken);
        }

        return reply;
    }

    private async Task DeliverAsync(SmtpConnection connection, OutgoingMail mail, string recipient, CancellationToken cancellationToken)
    {
        var from = new MailAddress(options.From!);
        Demand(await connection.CommandAsync($"MAIL FROM:<{from.Address}>", cancellationToken), MailFailure.SenderRefused, 250);
        Demand(await connection.CommandAsync($"RCPT TO:<{recipient}>", cancellationToken), MailFailure.RecipientRefused, 250, 251, 252);
        Demand(await connection.CommandAsync("DATA", cancellationToken), MailFailure.Refused, 354);
        var content = MailText.Compose(mail with { To = recipient }, from, time.GetUtcNow(), Guid.NewGuid());
        Demand(await connection.ContentAsync(content, cancellationToken), MailFailure.Refused, 250);
        try
        {
            await connection.CommandAsync("QUIT", cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server has the mail.
        }
    }

    private static void Demand(SmtpReply reply, MailFailure failure, params ReadOnlySpan<int> expected)
    {
        if (!expected.Contains(reply.Code))
        {
            var answer = string.Join(' ', reply.Lines);
            throw new RefusedException(new MailResult(failure, reply.Code, answer[..Math.Min(answer.Length, LongestAnswer)]));
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // A server understands names before the @ that are not ASCII only by an extension; those of hosts have another spelling.
    private static string? PathOf(string email)
    {
        var at = email.LastIndexOf('@');
        try
        {
            return at > 0 && Ascii.IsValid(email.AsSpan(0, at)) ? $"{email[..at]}@{new IdnMapping().GetAscii(email[(at + 1)..])}" : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed class RefusedException(MailResult result) : Exception
    {
        public MailResult Result { get; } = result;
    }
}
