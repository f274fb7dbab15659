using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>All Slack workspaces, live.</summary>
public sealed partial class SlackWorkspacesPage
{
    private IReadOnlyList<SlackWorkspaceListItem>? _items;

    private IReadOnlyDictionary<int, ProvisionedObject> _files = new Dictionary<int, ProvisionedObject>();

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private SlackWorkspaceService Workspaces { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackWorkspaceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.SlackWorkspaces, ChangeAreas.Channels];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _files = await Files.ListAsync(SlackWorkspaceAudit.Noun, cancellationToken);
        _items = await Workspaces.ListAsync(Actor, cancellationToken);
    }

    private string PeopleOf(SlackWorkspaceListItem item) => item.Reading switch
    {
        { CompletedAt: not null } reading => $"{reading.People:N0}",
        { IsUnderWay: true } reading => T["People.ReadSoFar", reading.PeopleRead],
        _ => T["People.NotRead"],
    };
}
