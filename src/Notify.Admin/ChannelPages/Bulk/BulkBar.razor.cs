using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Notify.Admin.Channels;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

public sealed partial class BulkBar : IDisposable
{
    private const int MostLines = 100;
    private const int MostNames = 12;

    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource? _stopRun;
    private BulkAction? _asked;
    private BulkRun? _run;
    private bool _setsDelivery;
    private int _open;
    private string _tag = "";

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private ILogger<BulkBar> Logger { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKind Kind { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyDictionary<int, ChannelName> Chosen { get; set; } = null!;

    /// <summary>How many the list has in all pages.</summary>
    [Parameter]
    public int Matching { get; set; }

    [Parameter]
    public bool MayEdit { get; set; }

    /// <summary>Offered where a tag is asked for.</summary>
    [Parameter]
    public IReadOnlyList<string> TagsInUse { get; set; } = [];

    [Parameter]
    public EventCallback OnChooseAll { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>Does it to one channel.</summary>
    [Parameter, EditorRequired]
    public Func<BulkRun, ChannelName, CancellationToken, Task<BulkVerdict>> Change { get; set; } = null!;

    /// <inheritdoc cref="BulkDeliveryDialog.Read"/>
    [Parameter, EditorRequired]
    public Func<IReadOnlyCollection<int>, CancellationToken, Task<IReadOnlyDictionary<int, ChannelDelivery>>> ReadDelivery { get; set; } =
        null!;

    private string QuestionId { get; } = ElementIds.Next("bulk");

    private string TagsId { get; } = ElementIds.Next("bulk-tags");

    private bool LacksTag => AsksTag && ChannelTags.Clean(_tag) is null;

    private string? TagError => _tag.Length > 0 && LacksTag ? T["Tags.Bad", ChannelTags.MostLength].Value : null;

    private bool AsksTag => _asked is BulkAction.AddTag or BulkAction.RemoveTag;

    private string RunId { get; } = ElementIds.Next("bulk-run");

    private string ChooseAllText => Matching > ListQuery.MostSelected
        ? T["Bulk.ChooseFirst", ListQuery.MostSelected] : T["Bulk.ChooseAll", Matching];

    private string Question => _asked is not { } action ? ""
        : Chosen.Count == 1 ? T[$"Bulk.{action}.TitleOne", Names.Single()] : T[$"Bulk.{action}.Title", Chosen.Count];

    private IReadOnlyList<ChannelName> InOrder => [.. Chosen.Values.OrderBy(channel => channel.Name, StringComparer.CurrentCulture)];

    private IEnumerable<string> Names => Chosen.Values.Select(channel => channel.Name).Order(StringComparer.CurrentCulture);

    private BulkAction[] Actions => MayEdit ? Enum.GetValues<BulkAction>() : [BulkAction.Test];

    // A run ends with its page: what is done stays done.
    public void Dispose() => _stop.Cancel();

    // Switching off and deleting end what waits for the channels.
    private static bool Ends(BulkAction? action) => action is BulkAction.SwitchOff or BulkAction.Delete;

    private async Task AskAsync(BulkAction action)
    {
        if (action == BulkAction.SetDelivery)
        {
            _setsDelivery = true;
            return;
        }

        _open = Ends(action) ? await Desk.CountOpenAsync(Kind, [.. Chosen.Keys], _stop.Token) : 0;
        (_asked, _tag) = (action, "");
    }

    private async Task StartAsync()
    {
        var action = _asked ?? throw new UnreachableException("nothing was asked");
        _asked = null;
        await RunAsync(new BulkRun(action, InOrder)
        {
            Tag = action is BulkAction.AddTag or BulkAction.RemoveTag ? ChannelTags.Clean(_tag) : null,
        });
        await OnClear.InvokeAsync();
    }

    private async Task SetDeliveryAsync(DeliveryChange change)
    {
        await RunAsync(new BulkRun(BulkAction.SetDelivery, InOrder) { DeliveryOf = _ => change });
        await OnClear.InvokeAsync();
    }

    private Task UndoAsync() => RunAsync(_run!.ToUndo());

    private async Task RunAsync(BulkRun run)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        (_run, _stopRun) = (run, stop);
        await run.RunAsync(
            (channel, cancellationToken) => Change(run, channel, cancellationToken), Explain, StateHasChanged, stop.Token);
        _stopRun = null;
    }

    private BulkVerdict Explain(ChannelName channel, Exception failure)
    {
        if (failure is NotPermittedException)
        {
            return new BulkVerdict(false, T["Bulk.NotPermitted"]) { EndsRun = true };
        }

        Logger.LogError(failure, "{Action} of channel {Channel} failed, as one of many", _run!.Action, channel.Key);
        return new BulkVerdict(false, T["Bulk.Failed"]);
    }

    private void StopRun() => _stopRun?.Cancel();
}
