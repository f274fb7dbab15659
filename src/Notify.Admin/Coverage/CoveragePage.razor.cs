using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Coverage;

/// <summary>The map of which events are heard, and one cell of it. Live; group and cell stand in the address.</summary>
public sealed partial class CoveragePage
{
    private readonly LatestLoad _load = new();
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

    private CellInAddress Asked => new(GroupId, TypeInAddress, SubTypeInAddress, SeverityInAddress);

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
            await _load.RunAsync(stop => AnswerAsync(Asked, mayBeOld: true, stop), answer => (_map, _open) = answer);
        }
        else if (Actor is not null)
        {
            await LoadAsync();
        }
    }

    protected override Task ReadAsync(CancellationToken cancellationToken) =>
        _load.RunAsync(stop => LookAsync(Asked, mayBeOld: true, stop), Show);

    protected override void Dispose(bool disposing)
    {
        _load.Dispose();
        base.Dispose(disposing);
    }

    protected override async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        var asked = Asked;
        var look = await Looks.JoinAsync(
            (nameof(CoveragePage), asked, Actor.Role), () => LookAsync(asked, mayBeOld: false, CancellationToken.None), cancellationToken);
        if (asked != Asked)
        {
            // Another group or cell has been chosen meanwhile.
            return false;
        }

        Show(look);
        return true;
    }

    private void Show(Look look) => (_groups, _chatbots, _map, _open) = (look.Groups, look.Chatbots, look.Map, look.Open);

    private async Task<Look> LookAsync(CellInAddress asked, bool mayBeOld, CancellationToken cancellationToken)
    {
        var groups = await Groups.ListAsync(Actor, cancellationToken);
        IReadOnlyList<ChannelName> chatbots = Actor.May(Policies.Edit)
            ? [.. (await Desk.ListChannelsAsync(Actor, cancellationToken)).Where(name => name.Key.Kind == ChannelKind.DingTalk)] : [];
        var (map, open) = await AnswerAsync(asked, mayBeOld, cancellationToken);
        return new Look(groups, chatbots, map, open);
    }

    private async Task<(CoverageMap Map, OpenCell? Open)> AnswerAsync(
        CellInAddress asked, bool mayBeOld, CancellationToken cancellationToken)
    {
        var map = await (mayBeOld ? Coverage.GetAsync(asked.GroupId, Actor, cancellationToken)
            : Coverage.CountAsync(asked.GroupId, Actor, cancellationToken));
        return (map, CoverageRow.Parse(asked.Type, asked.SubType) is { } row && EventAddress.ParseSeverity(asked.Severity) is { } severity
            ? await Coverage.OpenAsync(row, severity, asked.GroupId, Actor, cancellationToken) : null);
    }

    private void Choose(string? group) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("group",
        string.IsNullOrEmpty(group) ? null : group));

    private string AddressOf(CoverageRow? row, Severity? severity) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["type"] = row?.TypeInAddress,
        ["sub"] = row?.SubType,
        ["severity"] = severity?.ToString().ToLowerInvariant(),
    });

    private sealed record CellInAddress(string? GroupId, string? Type, string? SubType, string? Severity);

    /// <summary>All that the page shows.</summary>
    private sealed record Look(IReadOnlyList<AssetGroup> Groups, IReadOnlyList<ChannelName> Chatbots, CoverageMap Map, OpenCell? Open);
}
