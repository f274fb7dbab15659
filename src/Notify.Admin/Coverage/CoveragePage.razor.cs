using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Coverage;

/// <summary>The map of which events are heard, and one cell of it. Live; group and cell stand in the address.</summary>
public sealed partial class CoveragePage
{
    private IReadOnlyList<AssetGroup> _groups = [];
    private IReadOnlyList<ChannelName> _chatbots = [];
    private CoverageMap? _map;
    private OpenCell? _open;

    [Inject]
    private CoverageService Coverage { get; set; } = null!;

    [Inject]
    private AssetGroupService Groups { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<CoverageText> T { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "group")]
    private string? GroupInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    private string? TypeInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "sub")]
    private string? SubTypeInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "severity")]
    private string? SeverityInAddress { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Sources, ChangeAreas.Events];

    private string? GroupId => AssetGroupId.TryParse(GroupInAddress, out var id) ? id : null;

    private string Verdict(CoverageMap map) => map switch
    {
        { HasEvents: false } => T["Unheard.NoEvents", CoverageMap.Days],
        { Unheard: 0 } => T["Unheard.None"],
        { Unheard: 1 } => T["Unheard.One", 1],
        _ => T["Unheard.Many", map.Unheard],
    };

    protected override async Task OnParametersSetAsync()
    {
        // Before it is known who looks nothing is read yet.
        if (_map is not null)
        {
            await ReadAnswerAsync(Stop);
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_map is not null)
        {
            // Counts are kept for a moment: waiting that long first makes the last change of a burst visible.
            await Task.Delay(Coverage.Pause(GroupId), Clock, cancellationToken);
        }

        _groups = await Groups.ListAsync(Actor, cancellationToken);
        _chatbots = Actor.May(Policies.Edit)
            ? [.. (await Desk.ListChannelsAsync(Actor, cancellationToken)).Where(name => name.Key.Kind == ChannelKind.DingTalk)] : [];
        await ReadAnswerAsync(cancellationToken);
    }

    private async Task ReadAnswerAsync(CancellationToken cancellationToken)
    {
        var map = await Coverage.GetAsync(GroupId, Actor, cancellationToken);
        _open = CoverageRow.Parse(TypeInAddress, SubTypeInAddress) is { } row
            && EventAddress.ParseSeverity(SeverityInAddress) is { } severity
            ? await Coverage.OpenAsync(row, severity, GroupId, Actor, cancellationToken) : null;
        _map = map;
    }

    private void Choose(string? group) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("group",
        string.IsNullOrEmpty(group) ? null : group));

    private string AddressOf(CoverageRow? row, Severity? severity) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["type"] = row?.TypeInAddress,
        ["sub"] = row?.SubType,
        ["severity"] = severity?.ToString().ToLowerInvariant(),
    });
}
