using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Testing;

/// <summary>People and the audit trail of a program under test.</summary>
public static class TestAccounts
{
    public static async Task<IReadOnlyList<Person>> PeopleAsync(this NotifyAdminApp app) =>
        (await app.Services.GetRequiredService<PeopleStore>().ListPageAsync(new(), CancellationToken.None)).Items;

    /// <summary>The first Admin, as a page would hand them to a service.</summary>
    public static async Task<Actor> AdminActorAsync(this NotifyAdminApp app)
    {
        var admin = (await app.PeopleAsync()).First(person => person.Email == NotifyAdminSettings.AdminEmail);
        return new Actor(admin.Id, admin.Email, admin.Role, "192.0.2.1 browser");
    }

    /// <summary>A person with a password, without the detour of an invitation.</summary>
    /// <returns>The account's id.</returns>
    public static async Task<string> CreatePersonAsync(this NotifyAdminApp app, string email, string role) =>
        (await app.Services.GetRequiredService<TestPeople>().PersonAsync(email, role)).Id;

    /// <summary>A new session of that person, who is created on first use, as a <c>Cookie</c> header.</summary>
    public static Task<string> SessionOfAsync(this NotifyAdminApp app, string email, string role) =>
        app.Services.GetRequiredService<TestPeople>().SessionCookieAsync(email, role);

    /// <summary>Every audit entry, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> AuditEntriesAsync(this NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        return await context.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync();
    }

    /// <summary>The actions of all audit entries, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> AuditActionsAsync(this NotifyAdminApp app) =>
        [.. (await app.AuditEntriesAsync()).Select(entry => entry.Action)];
}
