using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>The sources, live, a page at a time.</summary>
public sealed partial class SourcesPage
{
    // Beyond these, bound channels are counted.
    private const int MostNames = 3;

    private IReadOnlyDictionary<ChannelKey, string> _names = new Dictionary<ChannelKey, string>();

    private IReadOnlyDictionary<int, int> _unmapped = new Dictionary<int, int>();

    private IReadOnlyDictionary<int, ProvisionedObject> _files = new Dictionary<int, ProvisionedObject>();

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private MapAgainService Again { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private SourceFormService Sources { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SourceText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Sources, ChangeAreas.Channels];

    protected override async Task<ListedPage<SourceView>> ListAsync(
        ListQuery<SourceFilter, SourceSort> query, CancellationToken cancellationToken)
    {
        var channels = await Desk.ListChannelsAsync(Actor, cancellationToken);
        _names = channels.ToDictionary(channel => channel.Key, channel => channel.Name);
        _files = await Files.ListAsync(SourceTrail.SubjectKind, cancellationToken);
        _unmapped = await Again.CountAsync(Actor, cancellationToken);
        return await Sources.ListAsync(query, Actor, cancellationToken);
    }

    private void Filter(SourceFilter filter) => Show(Query with { Filter = filter, Page = 1 });

    private void Sort(ListOrder<SourceSort> order) => Show(Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 });

    private string NamesOf(SourceView item)
    {
        var bound = BoundChannels.Read(item.Channels);
        var names = bound.Take(MostNames).Select(channel => _names.GetValueOrDefault(channel) ?? T["Channel.Gone"]);
        return bound.Count == 0 ? T["List.ByRules"]
            : bound.Count <= MostNames ? string.Join(T["List.Separator"], names)
            : T["List.AndMore", string.Join(T["List.Separator"], names), bound.Count - MostNames];
    }
}
