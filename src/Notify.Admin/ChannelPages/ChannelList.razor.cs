using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

public sealed partial class ChannelList<TItem>
    where TItem : IChannelListItem
{
    private readonly Dictionary<int, ChannelName> _chosen = [];
    private HiddenColumns<ChannelColumn> _columns = null!;
    private bool _areColumnsRead;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveryPolicyText> D { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private PersonChoiceService Choices { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelListPage<TItem> Owner { get; set; } = null!;

    [Parameter, EditorRequired]
    public ListedPage<TItem> Page { get; set; } = null!;

    /// <summary>Of the table, for screen readers.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string SearchHint { get; set; } = "";

    [Parameter, EditorRequired]
    public string DestinationTitle { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment<TItem> Destination { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment<TItem> Hears { get; set; } = null!;

    private bool MayEdit => Owner.Reader.May(Policies.Edit);

    private bool MayOperate => Owner.Reader.May(Policies.Operate);

    protected override async Task OnInitializedAsync()
    {
        _columns = new HiddenColumns<ChannelColumn>(Choices, AuditedChannel.KindOf(Owner.Kind), Owner.Reader);
        await _columns.ReadAsync(CancellationToken.None);
        _areColumnsRead = true;
    }

    private string TextOf(ChannelColumn column) => column switch
    {
        ChannelColumn.Switch => S["On"],
        ChannelColumn.Destination => DestinationTitle,
        ChannelColumn.Hears => T["List.Hears"],
        ChannelColumn.Health => T["List.Health"],
        ChannelColumn.LastTest => T["List.LastTest"],
    };

    private void Filter(ChannelFilter filter) => Owner.Show(Owner.Query with { Filter = filter, Page = 1 });

    private IReadOnlyList<string> Tags => Owner.Query.Tag is { } tag ? ChannelTags.Ordered([.. Owner.TagsInUse, tag]) : Owner.TagsInUse;

    private void FilterTag(ChangeEventArgs chosen) =>
        Owner.Show(Owner.Query with { Tag = ChannelTags.Clean(chosen.Value as string), Page = 1 });

    private void Sort(ListOrder<ChannelSort> order) =>
        Owner.Show(Owner.Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 });

    private async Task ChooseAllAsync()
    {
        foreach (var channel in await Owner.ListNamesAsync())
        {
            _chosen[channel.Key.Id] = channel;
        }
    }

    private async Task SwitchAsync((TItem Item, bool On) change)
    {
        if (await SwitchAndReadAsync(change.Item.Id, change.On) != SwitchOutcome.Gone)
        {
            Snackbar.Confirm(T[change.On ? "Switched.On" : "Switched.Off", change.Item.Name], T["Undo"],
                () => InvokeAsync(() => SwitchAndReadAsync(change.Item.Id, !change.On)));
        }
    }

    // The bar outlives the page: Undo may be clicked on another one.
    private async Task<SwitchOutcome> SwitchAndReadAsync(int id, bool isOn)
    {
        var outcome = await Owner.SwitchAsync(id, isOn, CancellationToken.None);
        await Owner.ReloadAsync();
        return outcome;
    }

    private async Task<BulkVerdict> ChangeAsync(BulkRun run, ChannelName channel, CancellationToken cancellationToken)
    {
        try
        {
            return await TryChangeAsync(run, channel, cancellationToken);
        }
        catch (ProvisionedException e)
        {
            return new BulkVerdict(false, T["Bulk.Provisioned", e.File]);
        }
    }

    private async Task<BulkVerdict> TryChangeAsync(BulkRun run, ChannelName channel, CancellationToken cancellationToken)
    {
        switch (run.Action)
        {
            case BulkAction.AddTag or BulkAction.RemoveTag:
                var tagged = await Owner.TagAsync(
                    channel.Key.Id, new TagChange(run.Tag!, run.Action == BulkAction.AddTag), cancellationToken);
                return new BulkVerdict(tagged is TagOutcome.Done or TagOutcome.WasSo,
                    T[tagged == TagOutcome.Gone ? "Bulk.Gone" : $"Bulk.{run.Action}.{tagged}"], tagged == TagOutcome.Done);
            case BulkAction.SetDelivery:
                var set = await Owner.SetDeliveryAsync(channel.Key.Id, run.DeliveryOf!(channel.Key), cancellationToken);
                return new BulkVerdict(set.Outcome is DeliveryOutcome.Done or DeliveryOutcome.WasSo,
                    set.Refusal is { } refusal ? D[refusal.TextKey, refusal.Argument ?? 0]
                        : T[set.Outcome == DeliveryOutcome.Gone ? "Bulk.Gone" : $"Bulk.SetDelivery.{set.Outcome}"],
                    set.Outcome == DeliveryOutcome.Done) { Before = set.Before };
            case BulkAction.Test:
                return await Owner.TestAsync(channel.Key.Id, cancellationToken) is { } tested
                    ? Verdict(tested.Outcome, tested.Refusal) : Gone();
            case BulkAction.Delete:
                await Owner.DeleteAsync(channel.Key.Id, cancellationToken);
                return new BulkVerdict(true, T["Bulk.Deleted"]);
            default:
                var on = run.Action == BulkAction.SwitchOn;
                return await Owner.SwitchAsync(channel.Key.Id, on, cancellationToken) switch
                {
                    SwitchOutcome.Done => new BulkVerdict(true, T[on ? "Bulk.IsOn" : "Bulk.IsOff"]),
                    SwitchOutcome.WasSo => new BulkVerdict(true, T[on ? "Bulk.WasOn" : "Bulk.WasOff"], Changed: false),
                    SwitchOutcome.Gone => Gone(),
                };
        }
    }

    private BulkVerdict Verdict(TestOutcome outcome, string? refusal) => outcome.Result switch
    {
        null => new BulkVerdict(false, T["Bulk.AtLimit"]),
        { Accepted: true } => new BulkVerdict(true, T["LastTest.Accepted"]),
        var refused => new BulkVerdict(false, refusal ?? refused.Code),
    };

    private BulkVerdict Gone() => new(false, T["Bulk.Gone"]);
}
