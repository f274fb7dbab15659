using Microsoft.AspNetCore.Identity;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Logging in through the provider: the account is made at the first log-in, and its role follows the provider's groups at each.
/// The provider answers for the second factor.</summary>
internal sealed class SingleSignOnService(
    SingleSignOnOptions options, IServiceScopeFactory scopes, AccountStore accounts, PeopleStore people, SessionStart start,
    ChangeFeed changes,
    KeyGeneration keys, ProvisionedMarks files, AuditTrail audit, AuditRepeats repeats, TimeProvider time)
{
    private const string Provider = SingleSignOnServiceCollectionExtensions.Scheme;

    /// <summary>Lets the person in whom the provider names, if what it says is enough, and begins a session in the current
    /// response.</summary>
    public async Task<SignOnOutcome> CompleteAsync(SignOnIdentity identity, string address, CancellationToken cancellationToken)
    {
        var (user, outcome) = identity.Role is null
            ? (null, SignOnOutcome.NoRole)
            : await FindOrMakeAsync(identity, identity.Role, address, cancellationToken);
        if (user is null)
        {
            await accounts.AddAuditEntryAsync(audit.Entry(
                new Actor(null, identity.Email ?? "anonymous", null, $"{address} browser"), "person.log-in",
                new AuditSubject("person", null, identity.Email),
                [new FieldChange("reason", null, $"single sign-on: {ReasonOf(outcome)}")], AuditResult.Refused), CancellationToken.None);
            return outcome;
        }

        await start.CompleteAsync(user, LoginMethods.SingleSignOn, address, cancellationToken);
        return SignOnOutcome.Done;
    }

    /// <summary>Records a log-in that failed before it was known who comes. Anybody can cause these by the thousand.</summary>
    public Task RecordFailureAsync(string reason, string address) => repeats.CountAsync(audit.Repeated(
        new Actor(null, "anonymous", null, $"{address} browser"), "person.log-in", new AuditSubject("person", null, null),
        [new FieldChange("reason", null, $"single sign-on: {reason}")], AuditResult.Refused, ClientAddress.Network(address)));

    private static string ReasonOf(SignOnOutcome outcome) => outcome switch
    {
        SignOnOutcome.NoRole => "no role for the person's groups",
        SignOnOutcome.Disabled => "disabled",
        SignOnOutcome.EmailNotVerified => "the provider does not say that the email is verified",
        _ => "no email address",
    };

    private async Task<(AdminUser? User, SignOnOutcome Outcome)> FindOrMakeAsync(
        SignOnIdentity identity, string role, string address, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<NotifyDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        AdminUser? found = null;
        var outcome = SignOnOutcome.Done;
        await changes.ChangeInTurnAsync(context, ChangeAreas.People, async () =>
        {
            var user = await users.FindByLoginAsync(Provider, identity.Key);
            outcome = user switch
            {
                { IsDisabled: true } => SignOnOutcome.Disabled,
                null when identity.Email is null => SignOnOutcome.Incomplete,
                // Else whoever can choose an email at the provider could take an account over, or act under another's name.
                null when !identity.IsEmailVerified => SignOnOutcome.EmailNotVerified,
                _ => SignOnOutcome.Done,
            };
            if (outcome != SignOnOutcome.Done)
            {
                return false;
            }

            var isNew = user is null;
            user ??= await ConnectAsync(context, users, identity, address);
            if (user.IsDisabled)
            {
                outcome = SignOnOutcome.Disabled;
                return false;
            }

            found = user;
            return await SetRoleAsync(context, users, user, role, address, cancellationToken) || isNew;
        }, cancellationToken);
        keys.Advance();
        return (found, outcome);
    }

    private async Task<AdminUser> ConnectAsync(NotifyDbContext context, UserManager<AdminUser> users, SignOnIdentity identity,
        string address)
    {
        if (await users.FindByEmailAsync(identity.Email!) is not { } user)
        {
            user = new AdminUser { UserName = identity.Email, Email = identity.Email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
            (await users.CreateAsync(user)).ThrowIfFailed();
        }

        (await users.AddLoginAsync(user, new UserLoginInfo(Provider, identity.Key, options.Name))).ThrowIfFailed();
        context.AuditEntries.Add(audit.Entry(
            ActorOf(user, address), "person.connect", PersonSubject.Of(user), [new FieldChange("provider", null, options.Name)]));
        return user;
    }

    private async Task<bool> SetRoleAsync(
        NotifyDbContext context, UserManager<AdminUser> users, AdminUser user, string role, string address,
        CancellationToken cancellationToken)
    {
        if (await files.FindAsync(ProvisionedKinds.Person, user.Id, cancellationToken) is { IsEditable: false })
        {
            // A file of the directory says the role, and nobody else.
            return false;
        }

        var before = await users.GetRolesAsync(user);
        // As on the People page, the last Admin stays one: nobody could give the role back.
        if (before.Contains(role) || (before.Contains(Roles.Admin)
            && !await people.HasOtherAdminAsync(context, user.Id, cancellationToken)))
        {
            return false;
        }

        (await users.RemoveFromRolesAsync(user, before)).ThrowIfFailed();
        (await users.AddToRoleAsync(user, role)).ThrowIfFailed();
        (await users.UpdateSecurityStampAsync(user)).ThrowIfFailed();
        context.AuditEntries.Add(audit.Entry(
            ActorOf(user, address), "person.role", PersonSubject.Of(user), [new FieldChange("role", before.FirstOrDefault(), role)]));
        return true;
    }

    private static Actor ActorOf(AdminUser user, string address) => new(user.Id, user.Email!, null, $"{address} browser");
}
