using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Slack;

/// <summary>A window with the channels of a token, to search and choose from.</summary>
public sealed partial class SlackChannelPicker : IDisposable
{
    // More lines than this are not read through but searched.
    private const int MostShown = 100;

    private readonly CancellationTokenSource _stop = new();
    private SlackChannelChoices? _choices;
    private List<SlackChannelChoice> _shown = [];
    private string? _filter;
    private int _matching;
    private bool _wasOpen;
    private int _round;

    [Inject]
    private SlackChannelDirectory Directory { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public bool IsOpen { get; set; }

    [Parameter]
    public EventCallback<bool> IsOpenChanged { get; set; }

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Whose stored token to use when none is typed.</summary>
    [Parameter]
    public int? IntegrationId { get; set; }

    /// <summary>The chosen workspace; its token comes before any other.</summary>
    [Parameter]
    public int? WorkspaceId { get; set; }

    /// <summary>The typed token.</summary>
    [Parameter]
    public string? Token { get; set; }

    [Parameter]
    public string? SelectedId { get; set; }

    [Parameter]
    public EventCallback<SlackChannelChoice> OnPicked { get; set; }

    // A total is said only once all has been read.
    private string CountText => _choices switch
    {
        { IsComplete: true } => _matching > _shown.Count ? T["Picker.CountShown", _shown.Count, _matching] : T["Picker.Count", _matching],
        { Failure: { RetryAfter: { } wait } } => T["Picker.Waiting", _matching, _choices.Items.Count, (int)Math.Ceiling(wait.TotalSeconds)],
        { Failure: not null } => T["Picker.Stopped", _matching, _choices.Items.Count],
        _ => T["Picker.Reading", _matching, _choices?.Items.Count ?? 0],
    };

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (IsOpen == _wasOpen)
        {
            return;
        }

        _wasOpen = IsOpen;
        if (!IsOpen)
        {
            return;
        }

        (_choices, _shown, _filter) = (null, [], null);
        await ReadOnAsync();
    }

    /// <summary>Reads page after page, while somebody searches in what there is, until the list ends, something stops it, or the window
    /// closes.</summary>
    private async Task ReadOnAsync()
    {
        var round = ++_round;
        try
        {
            while (IsOpen && round == _round)
            {
                var choices = await Directory.ListAsync(IntegrationId, WorkspaceId, Token, more: _choices is not null, Actor, _stop.Token)
                    ?? new SlackChannelChoices([], true, null, null);
                if (round != _round)
                {
                    return;
                }

                _choices = choices;
                Filter(_filter);
                StateHasChanged();
                if (choices.IsComplete || choices.Failure is { RetryAfter: null })
                {
                    return;
                }

                if (choices.Failure?.RetryAfter is { } wait)
                {
                    await Task.Delay(wait, Time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private void Filter(string? typed)
    {
        _filter = typed;
        var text = SlackIds.Channel(typed).TrimStart('#');
        var folded = FoldedText.Of(text);
        var matching = _choices?.Items
            .Where(item => FoldedText.Of(item.Name).Contains(folded, StringComparison.Ordinal)
                || item.Id.Equals(text, StringComparison.OrdinalIgnoreCase))
            .ToList() ?? [];
        _matching = matching.Count;
        _shown = matching.Count > MostShown ? matching.GetRange(0, MostShown) : matching;
    }
}
