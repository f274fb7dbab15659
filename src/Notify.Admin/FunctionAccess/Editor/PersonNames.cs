using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>What people are called, from the directory where it knows them, else from Slack's list.</summary>
public sealed class PersonNames(IReadOnlyDictionary<string, SlackPerson> people)
{
    public static readonly PersonNames None = new(new Dictionary<string, SlackPerson>());

    public string Of(AccessUser user) => people.GetValueOrDefault(user.UserId)?.ShownName ?? user.Label;

    public string Of(string userId) => people.GetValueOrDefault(userId)?.ShownName ?? userId;

    /// <summary>The address, else the id; null where the name says it already.</summary>
    public string? More(AccessUser user)
    {
        var more = people.GetValueOrDefault(user.UserId)?.Email ?? user.Email ?? user.UserId;
        return more == Of(user) ? null : more;
    }
}
