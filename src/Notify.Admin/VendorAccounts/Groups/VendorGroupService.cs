using System.Globalization;
using System.Text.Json;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>Takes the names of asset groups over from an account, so that they are picked by name here. Names that people gave stay unless
/// they say otherwise.</summary>
internal sealed class VendorGroupService(VendorAccountCalls calls, AssetGroupService groups)
{
    /// <summary>The groups of the account, by id.</summary>
    /// <returns>None, and why, where they could not be read.</returns>
    public async Task<(IReadOnlyList<VendorGroup> Groups, VendorAnswer Answer)> PlanAsync(
        int account, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var answer = await calls.CallAsync(account, "DescribeAllGroups", new Dictionary<string, string>(), cancellationToken);
        if (!answer.IsAccepted)
        {
            return ([], answer);
        }

        if (!answer.Body.TryGetProperty("Groups", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return ([], new VendorAnswer(VendorCodes.Unreadable) { RequestId = answer.RequestId });
        }

        var here = (await groups.ListAsync(actor, cancellationToken)).Where(group => group.Name.Length > 0)
            .ToDictionary(group => group.Id, group => group.Name);
        return ([.. list.EnumerateArray().Select(Read).OfType<(int Id, string Name)>().DistinctBy(group => group.Id)
            .OrderBy(group => group.Id).Select(group => new VendorGroup(group.Id, group.Name, here.GetValueOrDefault(group.Id)))], answer);
    }

    /// <summary>Reads the names again and takes them over.</summary>
    /// <param name="replaces">Also those that are called something else here.</param>
    /// <returns>What was changed; nothing, and why, where they could not be read.</returns>
    public async Task<(IReadOnlyList<VendorGroup> Taken, VendorAnswer Answer)> TakeAsync(
        int account, bool replaces, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (found, answer) = await PlanAsync(account, actor, cancellationToken);
        List<VendorGroup> taken = [];
        foreach (var group in found.Where(group => group.Change == GroupChange.Name || (replaces && group.Change == GroupChange.Replace)))
        {
            var id = group.Id.ToString(CultureInfo.InvariantCulture);
            var outcome = group.Here is null ? await groups.AddAsync(id, group.There, actor, cancellationToken) : GroupOutcome.Known;
            if (outcome == GroupOutcome.Known)
            {
                outcome = await groups.RenameAsync(group.Id, group.There, actor, cancellationToken);
            }

            if (outcome == GroupOutcome.Saved)
            {
                taken.Add(group);
            }
        }

        return (taken, answer);
    }

    private static (int Id, string Name)? Read(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("GroupId", out var id)
        && id.ValueKind is JsonValueKind.Number or JsonValueKind.String && AssetGroupId.TryParse(id.ToString(), out var known)
        && item.TryGetProperty("GroupName", out var name) && name.ValueKind == JsonValueKind.String
        && ForeignText.Line(name.GetString(), AssetGroupService.MaxName) is { } read && read.Trim() is { Length: > 0 } shown
            ? (int.Parse(known, CultureInfo.InvariantCulture), shown) : null;
}
