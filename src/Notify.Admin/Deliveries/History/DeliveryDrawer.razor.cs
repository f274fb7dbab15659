using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Shows one delivery from match to verdict, and what can be done about it.</summary>
public sealed partial class DeliveryDrawer : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private DeliveryStory? _story;
    private ChannelNames _newerNames = ChannelNames.None;
    private CodeExplanation? _explained;
    private (string Text, int FullLength) _json = ("", 0);
    private (long? Id, int Version) _shown;
    private bool _missing;
    private ChannelTryOutcome? _tried;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveriesText> T { get; set; } = null!;

    /// <summary>Null closes it.</summary>
    [Parameter]
    public long? Id { get; set; }

    /// <summary>Another number reads the story again.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelNames Names { get; set; } = ChannelNames.None;

    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>Beside the title: the way to the rows around it.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    [Parameter]
    public EventCallback<SendAgainTarget> OnSendAgain { get; set; }

    private bool MayOperate => Actor.May(Policies.Operate);

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Id, Version))
        {
            return;
        }

        if (_shown.Id != Id)
        {
            (_story, _missing, _tried) = (null, false, null);
        }

        _shown = (Id, Version);
        if (Id is not { } id)
        {
            return;
        }

        try
        {
            var story = await Deliveries.FindAsync(id, Actor, _stop.Token);
            var names = story is null ? ChannelNames.None : await NewerNamesAsync(story.Row.Channel);
            if (Id != id)
            {
                return;
            }

            (_story, _missing, _newerNames) = (story, story is null, names);
            _json = story is null ? ("", 0) : PrettyJson.Of(story.Json);
            _explained = story?.Row is { State: not DeliveryState.Sent, Code: { } code } row
                ? Deliveries.Explain(row.Channel.Kind, code, story.LastDetail)
                : null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    // The list's names are those of when it was read.
    private Task<ChannelNames> NewerNamesAsync(ChannelKey channel) =>
        Names.Find(channel) is null ? Deliveries.ChannelNamesAsync(Actor, _stop.Token) : Task.FromResult(Names);

    private ChannelNames NamesOf(ChannelKey channel) => Names.Find(channel) is null ? _newerNames : Names;

    private string Headline(DeliveryRow row) =>
        T[row switch
    {
        { State: DeliveryState.Held, HoldReason: not HoldReason.None } => $"Headline.{row.HoldReason}",
        { RepeatOf: not null } => "Headline.Repeat",
        _ => $"Headline.{row.State}",
    }];

    private async Task TryChannelAsync()
    {
        var id = Id;
        _tried = null;
        var tried = await Deliveries.TryChannelAgainAsync(_story!.Row.Channel, Actor, CancellationToken.None);
        var outcome = await Deliveries.AwaitTryAsync(tried, CancellationToken.None);
        _tried = Id == id ? outcome : _tried;
    }
}
