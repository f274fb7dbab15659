using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>What came of adding or naming an asset group.</summary>
public enum GroupOutcome
{
    Saved,

    /// <summary>The id is not one (see <see cref="AssetGroupId"/>).</summary>
    BadId,

    /// <summary>The name is empty or longer than <see cref="AssetGroupService.MaxName"/>.</summary>
    BadName,

    /// <summary>There is a group with this id.</summary>
    Known,

    /// <summary>There is no such group (any more).</summary>
    Gone,
}

/// <summary>The asset groups that rules can be restricted to.</summary>
internal sealed class AssetGroupService(AssetGroupStore store, AuditTrail audit)
{
    /// <summary>What the trail calls them.</summary>
    public const string SubjectKind = "asset-group";

    public const int MaxName = 128;

    public Task<IReadOnlyList<AssetGroup>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(cancellationToken);
    }

    /// <summary>What keeps a group from being saved; <see cref="GroupOutcome.Saved"/> where nothing does.</summary>
    public static GroupOutcome Check(string typedId, string typedName) =>
        !AssetGroupId.TryParse(typedId.Trim(), out _) ? GroupOutcome.BadId
        : ReadName(typedName) is null ? GroupOutcome.BadName : GroupOutcome.Saved;

    public async Task<GroupOutcome> AddAsync(string typedId, string typedName, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (!AssetGroupId.TryParse(typedId.Trim(), out var id))
        {
            return GroupOutcome.BadId;
        }

        if (ReadName(typedName) is not { } name)
        {
            return GroupOutcome.BadName;
        }

        var group = new AssetGroup { Id = int.Parse(id, CultureInfo.InvariantCulture), Name = name };
        var entry = Entry(actor, "asset-group.create", group.Id, name, new FieldChange("name", null, name));
        return await store.AddAsync(group, entry, cancellationToken) == StoreOutcome.Saved ? GroupOutcome.Saved : GroupOutcome.Known;
    }

    public async Task<GroupOutcome> RenameAsync(int id, string typedName, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (ReadName(typedName) is not { } name)
        {
            return GroupOutcome.BadName;
        }

        return await store.FindAsync(id, cancellationToken) is { } group
            && await store.RenameAsync(id, name, Entry(actor, "asset-group.update", id, name, new FieldChange("name", group.Name, name)),
                cancellationToken)
            ? GroupOutcome.Saved
            : GroupOutcome.Gone;
    }

    /// <summary>Removes the name. Chatbots that are restricted to the group stay so, and an event that names it brings it back.</summary>
    public async Task<GroupOutcome> RemoveAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await store.FindAsync(id, cancellationToken) is { } group
            && await store.RemoveAsync(id, Entry(actor, "asset-group.delete", id, group.Name, new FieldChange("name", group.Name, null)),
                cancellationToken)
            ? GroupOutcome.Saved
            : GroupOutcome.Gone;
    }

    private AuditEntry Entry(Actor actor, string action, int id, string name, FieldChange change) =>
        audit.Entry(actor, action, new AuditSubject(SubjectKind, id.ToString(CultureInfo.InvariantCulture), name), [change]);

    private static string? ReadName(string typed) =>
        typed.Trim() is { Length: > 0 and <= MaxName } name && PlainText.IsLine(name) ? name : null;
}
