using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>The channels of one kind, a page at a time: with what can be done to each.</summary>
/// <typeparam name="TItem">One line of the list.</typeparam>
public abstract class ChannelListPage<TItem> : ListPage<ChannelListQuery, TItem>
    where TItem : IChannelListItem
{
    [Inject]
    private PauseService Pauses { get; set; } = null!;

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    /// <summary>The tags that any channel has.</summary>
    public IReadOnlyList<string> TagsInUse { get; private set; } = [];

    /// <summary>The silenced ones of the page.</summary>
    public IReadOnlyDictionary<ChannelKey, Silence> Silences { get; private set; } = new Dictionary<ChannelKey, Silence>();

    /// <summary>Those that come from configuration files, by id.</summary>
    public IReadOnlyDictionary<int, ProvisionedObject> Provisioned { get; private set; } = new Dictionary<int, ProvisionedObject>();

    public abstract ChannelKind Kind { get; }

    /// <summary>Where the list is exported.</summary>
    public abstract string ExportPath { get; }

    /// <summary>Who looks.</summary>
    public Actor Reader => Actor;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Deliveries, ChangeAreas.Pauses];

    /// <summary>The channels of all pages, at most <see cref="ListQuery.MostSelected"/>.</summary>
    public abstract Task<IReadOnlyList<ChannelName>> ListNamesAsync();

    public abstract Task<SwitchOutcome> SwitchAsync(int id, bool isOn, CancellationToken cancellationToken);

    /// <summary>Sends the newest event that a channel matched, else an example, marked as a test, to the channel as it is saved.</summary>
    /// <returns>What came of it, with the refusal in words; null when it has been deleted.</returns>
    public abstract Task<(TestOutcome Outcome, string? Refusal)?> TestAsync(int id, CancellationToken cancellationToken);

    /// <summary>Gives a channel a tag, or takes it away.</summary>
    public abstract Task<TagOutcome> TagAsync(int id, TagChange change, CancellationToken cancellationToken);

    /// <summary>What those that exist have of the settings that <see cref="SetDeliveryAsync"/> sets.</summary>
    public abstract Task<IReadOnlyDictionary<int, ChannelDelivery>> ListDeliveryAsync(
        IReadOnlyCollection<int> ids, CancellationToken cancellationToken);

    /// <summary>Gives a channel these delivery settings; it keeps the others.</summary>
    public abstract Task<DeliveryVerdict> SetDeliveryAsync(int id, DeliveryChange change, CancellationToken cancellationToken);

    /// <summary>Deleting what is gone already is no error.</summary>
    public abstract Task DeleteAsync(int id, CancellationToken cancellationToken);

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var query = Query;
        Show(query, await LookAsync(query, cancellationToken));
    }

    protected override async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        var query = Query;
        var look = await Looks.JoinAsync(
            (GetType(), query, Actor.Role), () => LookAsync(query, CancellationToken.None), cancellationToken);
        return !IsShown(look) && Show(query, look);
    }

    private async Task<Look> LookAsync(ChannelListQuery query, CancellationToken cancellationToken)
    {
        var page = await ListAsync(query, cancellationToken);
        return new Look(
            page, await Desk.ListTagsAsync(Actor, cancellationToken),
            await Files.ListAsync(AuditedChannel.KindOf(Kind), cancellationToken),
            await Pauses.ListAsync(page.Items.Select(item => new ChannelKey(Kind, item.Id)), Actor, cancellationToken));
    }

    private bool IsShown(Look look) => Page is { } page
        && (page.Matching, page.Total, page.Items.Count) == (look.Page.Matching, look.Page.Total, look.Page.Items.Count)
        && page.Items.Zip(look.Page.Items).All(lines => lines.First.IsSameAs(lines.Second))
        && TagsInUse.SequenceEqual(look.Tags)
        && Provisioned.Count == look.Provisioned.Count
        && Provisioned.All(pair => look.Provisioned.GetValueOrDefault(pair.Key) is { } now
            && (now.File, now.IsEditable) == (pair.Value.File, pair.Value.IsEditable))
        && Silences.Count == look.Silences.Count
        && Silences.All(pair => look.Silences.GetValueOrDefault(pair.Key)?.Pauses.SequenceEqual(pair.Value.Pauses) == true);

    private bool Show(ChannelListQuery query, Look look)
    {
        (TagsInUse, Provisioned, Silences) = (look.Tags, look.Provisioned, look.Silences);
        return Take(query, look.Page);
    }

    /// <summary>All that a page of the list shows.</summary>
    private sealed record Look(ListedPage<TItem> Page, IReadOnlyList<string> Tags,
        IReadOnlyDictionary<int, ProvisionedObject> Provisioned, IReadOnlyDictionary<ChannelKey, Silence> Silences);
}
