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

    [Inject]
    private SlackChannelDirectory Directory { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SlackText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

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

    private string CountText => _matching > _shown.Count
        ? T["Picker.CountShown", _shown.Count, _matching]
        : T["Picker.Count", _matching];

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (IsOpen == _wasOpen)
        {
            return;
        }

        _wasOpen = IsOpen;
        if (IsOpen)
        {
            (_choices, _shown, _filter) = (null, [], null);
            await LoadAsync(more: false);
        }
    }

    private async Task LoadAsync(bool more)
    {
        try
        {
            _choices = await Directory.ListAsync(IntegrationId, WorkspaceId, Token, more, Actor, _stop.Token)
                ?? new SlackChannelChoices([], true, null, null);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Filter(_filter);
    }

    private void Filter(string? typed)
    {
        _filter = typed;
        var text = typed?.Trim().TrimStart('#') ?? "";
        var matching = _choices?.Items
            .Where(item => item.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
                || item.Id.Equals(text, StringComparison.OrdinalIgnoreCase))
            .ToList() ?? [];
        _matching = matching.Count;
        _shown = matching.Count > MostShown ? matching.GetRange(0, MostShown) : matching;
    }
}
