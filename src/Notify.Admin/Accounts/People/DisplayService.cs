using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Language, time zone and theme that are kept with the person.</summary>
internal sealed class DisplayService(AccountStore accounts, AuditTrail audit)
{
    public async Task<PersonDisplay> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await accounts.GetAsync(actor.UserId!, cancellationToken) is { } user
            ? PersonDisplay.Of(user) : new PersonDisplay(null, null, null);
    }

    /// <param name="wanted">Valid.</param>
    public async Task SaveAsync(PersonDisplay wanted, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (!wanted.IsValid)
        {
            throw new ArgumentException("Not a choice.", nameof(wanted));
        }

        await accounts.SetDisplayAsync(actor.UserId!, wanted, before => EntryOf(before, wanted, actor), cancellationToken);
    }

    private AuditEntry? EntryOf(PersonDisplay before, PersonDisplay after, Actor actor)
    {
        var fields = AuditTrail.Difference(FieldsOf(before), FieldsOf(after));
        return fields.Count == 0 ? null
            : audit.Entry(actor, "person.display", new AuditSubject("person", actor.UserId, actor.Name), fields);
    }

    private static Dictionary<string, string?> FieldsOf(PersonDisplay display) =>
        new() { ["language"] = display.Language, ["timeZone"] = display.TimeZone, ["theme"] = display.Theme };
}
