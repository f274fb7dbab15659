using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Notify.Admin.Audit;
using Notify.Admin.Mail;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Sends one-time links by mail, where configuration names a mail server. The link is good whether or not the mail is
/// taken.</summary>
internal sealed class LinkMailService(
    MailClient mail, SmtpOptions smtp, AccountStore accounts, ILookupNormalizer normalizer, IStringLocalizer<AccountsText> texts,
    AuditTrail audit)
{
    public bool IsOn => smtp.IsOn;

    /// <summary>Sends the link in the person's language, or else in that of who sends it. The trail records to whom, and how it
    /// ended.</summary>
    /// <param name="email">Of the person whose link it is.</param>
    /// <param name="link">As a browser opens it. A secret: who opens it sets the password.</param>
    /// <returns>Null when there is no such person any more.</returns>
    public async Task<MailResult?> SendAsync(string email, Uri link, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (await accounts.FindAsync(normalizer.NormalizeEmail(email.Trim()), cancellationToken) is not { } user)
        {
            return null;
        }

        var language = user.Language is { } own ? CultureInfo.GetCultureInfo(own) : CultureInfo.CurrentUICulture;
        var result = await mail.SendAsync(Speaking.In(language, () => Compose(user, link, actor)), cancellationToken);
        List<FieldChange> fields = [new FieldChange("to", null, user.Email)];
        if (!result.IsSent)
        {
            fields.Add(new FieldChange("reason", null, $"{result.Failure} {result.Code}".TrimEnd()));
        }

        await accounts.AddAuditEntryAsync(
            audit.Entry(actor, "person.mail-link", PersonSubject.Of(user), fields, result.IsSent ? AuditResult.Done : AuditResult.Failed),
            CancellationToken.None);
        return result;
    }

    private OutgoingMail Compose(AdminUser user, Uri link, Actor actor)
    {
        var kind = user.PasswordHash is null ? "Mail.Invitation" : "Mail.NewPassword";
        string[] paragraphs = [texts[$"{kind}.Text", actor.Name, link.Authority], texts["Mail.Open"]];
        string[] notes = [texts["Mail.Lasts", OneTimeLink.Lifetime.Days], texts["Mail.Unexpected"]];
        return new OutgoingMail(
            user.Email!,
            texts[$"{kind}.Subject", link.Authority],
            string.Join("\n\n", [.. paragraphs, link.AbsoluteUri, .. notes]) + "\n",
            $"""
             <!DOCTYPE html>
             <html lang="{CultureInfo.CurrentUICulture.Name}"><body style="font-family: sans-serif; line-height: 1.5">
             {Html(paragraphs)}
             <p><a href="{WebUtility.HtmlEncode(link.AbsoluteUri)}">{WebUtility.HtmlEncode(texts["Mail.Link"])}</a></p>
             {Html(notes)}
             </body></html>
             """);
    }

    private static string Html(IEnumerable<string> paragraphs) =>
        string.Concat(paragraphs.Select(paragraph => $"<p>{WebUtility.HtmlEncode(paragraph)}</p>\n"));
}
