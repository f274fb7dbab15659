using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>All sources, live, searched as one types.</summary>
public sealed partial class SourcesPage
{
    // Beyond these, bound channels are counted.
    private const int MostNames = 3;

    private IReadOnlyList<SourceView>? _items;
    private IReadOnlyDictionary<ChannelKey, string> _names = new Dictionary<ChannelKey, string>();

    private IReadOnlyDictionary<int, int> _unmapped = new Dictionary<int, int>();

    [Inject]
    private MapAgainService Again { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private SourceFormService Sources { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>What is searched for, in the address.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Sources, ChangeAreas.Channels];

    private IReadOnlyList<SourceView> Matching => string.IsNullOrWhiteSpace(Query) ? _items!
        : [.. _items!.Where(item => $"{item.Name}\n{item.Kind}\n{SourceSetup.ToolOf(item.Kind)}\n{NamesOf(item)}"
            .Contains(Query.Trim(), StringComparison.OrdinalIgnoreCase))];

    private string CountText =>
        Matching.Count < _items!.Count ? T["List.CountMatching", Matching.Count, _items.Count]
        : _items.Count == 1 ? T["List.CountOne"] : T["List.Count", _items.Count];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var channels = await Desk.ListChannelsAsync(Actor, cancellationToken);
        _names = channels.ToDictionary(channel => channel.Key, channel => channel.Name);
        _unmapped = await Again.CountAsync(Actor, cancellationToken);
        _items = await Sources.ListAsync(Actor, cancellationToken);
    }

    private string NamesOf(SourceView item)
    {
        var bound = BoundChannels.Read(item.Channels);
        var names = bound.Take(MostNames).Select(channel => _names.GetValueOrDefault(channel) ?? T["Channel.Gone"]);
        return bound.Count == 0 ? T["List.ByRules"]
            : bound.Count <= MostNames ? string.Join(T["List.Separator"], names)
            : T["List.AndMore", string.Join(T["List.Separator"], names), bound.Count - MostNames];
    }

    private void Search(string? text) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter("q", string.IsNullOrWhiteSpace(text) ? null : text),
        new NavigationOptions { ReplaceHistoryEntry = true });
}
