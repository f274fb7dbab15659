using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Layout;

/// <summary>One place to go.</summary>
/// <param name="Href">Without a leading slash, as the base address wants it; empty is the first page.</param>
/// <param name="TextKey">Key in <see cref="LayoutText"/>.</param>
/// <param name="Key">The letter that goes there after <c>g</c>.</param>
internal sealed record NavigationItem(string Href, string TextKey, IconName Icon, char Key, string Policy = Policies.View);

/// <summary>Items under one heading; the first group has none.</summary>
internal sealed record NavigationGroup(string? TextKey, IReadOnlyList<NavigationItem> Items, string Policy = Policies.View);

/// <summary>What somebody may begin from anywhere.</summary>
internal sealed record NavigationAction(string Href, string TextKey, string Policy = Policies.Edit);

/// <summary>The product's areas, in the order of the left navigation. An area is added here and nowhere else.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<NavigationGroup> Groups =
    [
        new(null, [new("", "Nav.Overview", IconName.Overview, 'o')]),
        new("Nav.Incoming", [new("sources", "Nav.Sources", IconName.Input, 'i')]),
        new("Nav.Channels",
        [
            new("slack/integrations", "Nav.Slack", IconName.Hash, 's'),
            new("dingtalk/chatbots", "Nav.DingTalk", IconName.Bot, 'd'),
            new("rule-sets", "Nav.RuleSets", IconName.List, 'r'),
            new("inhibitions", "Nav.Inhibitions", IconName.Filter, 'b'),
            new("maintenance", "Nav.Maintenance", IconName.Pause, 'm'),
        ]),
        new("Nav.Functions",
        [
            new("slack/functions", "Nav.AccessLists", IconName.Shield, 'f'),
            new("slack/workspaces", "Nav.Workspaces", IconName.Workspace, 'w'),
        ]),
        new("Nav.Activity",
        [
            new("events", "Nav.Events", IconName.Activity, 'e'),
            new("deliveries", "Nav.Deliveries", IconName.Send, 'v'),
            new("where", "Nav.Where", IconName.Route, 'h'),
            new("coverage", "Nav.Coverage", IconName.Grid, 'c'),
        ]),
        new("Nav.Administration",
        [
            new("people", "Nav.People", IconName.People, 'p', Policies.Administer),
            new("accounts", "Nav.Accounts", IconName.Key, 'k', Policies.Administer),
            new("audit", "Nav.Audit", IconName.Audit, 'a', Policies.Administer),
            new("settings", "Nav.Settings", IconName.Settings, 't', Policies.Administer),
        ], Policies.Administer),
    ];

    public static readonly IReadOnlyList<NavigationAction> Actions =
    [
        new("slack/integrations/new", "Action.Slack"),
        new("dingtalk/chatbots/new", "Action.DingTalk"),
        new("rule-sets/new", "Action.RuleSet"),
        new("inhibitions/new", "Action.Inhibition"),
        new("sources/new", "Action.Source"),
        new("slack/functions/new", "Action.AccessList"),
        new("slack/workspaces/new", "Action.Workspace"),
    ];

    /// <summary>The group and item that a path (without leading slash or query) belongs to; null for pages outside the
    /// navigation.</summary>
    public static (NavigationGroup Group, NavigationItem Item)? Find(string path)
    {
        foreach (var group in Groups)
        {
            foreach (var item in group.Items)
            {
                if (path.Equals(item.Href, StringComparison.OrdinalIgnoreCase)
                    || (item.Href.Length > 0 && path.StartsWith(item.Href + "/", StringComparison.OrdinalIgnoreCase)))
                {
                    return (group, item);
                }
            }
        }

        return null;
    }
}
