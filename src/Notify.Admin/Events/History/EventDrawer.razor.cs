using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Events;

/// <summary>Shows one event and who heard it.</summary>
public sealed partial class EventDrawer : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private EventStory? _story;
    private (string Text, int FullLength) _json = ("", 0);
    private string? _data;
    private (long? RowId, int Version) _shown;
    private bool _missing;

    [Inject]
    private EventService Events { get; set; } = null!;

    [Inject]
    private IStringLocalizer<EventsText> T { get; set; } = null!;

    /// <summary>Null closes it.</summary>
    [Parameter]
    public long? RowId { get; set; }

    /// <summary>Another number reads the story again.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>Beside the title: the way to the rows around it.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (RowId, Version))
        {
            return;
        }

        if (_shown.RowId != RowId)
        {
            (_story, _missing) = (null, false);
        }

        _shown = (RowId, Version);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (RowId is not { } rowId)
        {
            return;
        }

        try
        {
            var story = await Events.FindAsync(rowId, Actor, _stop.Token);
            if (RowId == rowId)
            {
                (_story, _missing) = (story, story is null);
                _json = story is null ? ("", 0) : PrettyJson.Of(story.Json);
                _data = story?.DataText is { } text ? PrettyJson.Of(text).Text : null;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
