using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleBuilder;

/// <summary>The visual rule builder. It changes the <see cref="Draft"/> and says so; its owner saves.</summary>
public sealed partial class RuleBuilderPanel : IDisposable
{
    private const string MatchesKey = "matches";
    private const string TryKey = "try";
    private const string JsonKey = "json";

    private static readonly TimeSpan LeastBetweenCounts = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly TriedEvent _tried = new();
    private IDisposable? _subscription;
    private PastEvents? _events;
    private RuleTrial? _trial;
    private Dictionary<long, IncomingEvent> _samples = [];
    private IReadOnlyList<AlertType> _silent = [];
    private (ConfigList, string, RuleDraft)? _seen;
    private string _tab = MatchesKey;
    private string? _focus;

    [Inject]
    private PastEventService Past { get; set; } = null!;

    [Inject]
    private PageFeed Changes { get; set; } = null!;

    [Inject]
    private SharedLooks Looks { get; set; } = null!;

    [Inject]
    private UserTimeZone Zone { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RuleBuilderText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public RuleDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>What is stored, to compare with; null for a new chatbot.</summary>
    [Parameter]
    public TriedRules? Saved { get; set; }

    /// <summary>The asset groups it is restricted to; empty is every group.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> GroupIds { get; set; } = [];

    /// <summary>The groups to choose from when trying an event.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string> Groups { get; set; } = new Dictionary<string, string>();

    [Parameter]
    public bool IsOn { get; set; } = true;

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public string? Id { get; set; }

    /// <summary>What else decides what is heard, above the cards.</summary>
    [Parameter]
    public RenderFragment? Above { get; set; }

    /// <summary>Further buttons beside undo and redo.</summary>
    [Parameter]
    public RenderFragment? Toolbar { get; set; }

    /// <summary>What surprises about one rule beyond the rules themselves, by its alert type.</summary>
    [Parameter]
    public Func<AlertType, string?>? FurtherWarning { get; set; }

    /// <summary>The draft has changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private string TitleId { get; } = ElementIds.Next("rules");

    private IReadOnlyList<string> GroupNames => [.. GroupIds.Select(NameOf)];

    private IReadOnlyList<TabItem> Tabs =>
    [
        new(MatchesKey, T["Tab.Matches"], _trial?.Count),
        new(TryKey, T["Tab.Try"]),
        new(JsonKey, T["Tab.Json"], Icon: Draft.IsValid ? null : IconName.Alert),
    ];

    private IReadOnlyList<AlertType> Uncovered =>
        _events is null ? [] : [.. Draft.UnusedTypes.Where(type => _events.CountOf(type.Suffix) > 0)];

    public void Dispose()
    {
        _subscription?.Dispose();
        _stop.Cancel();
    }

    protected override async Task OnParametersSetAsync()
    {
        var now = (Draft.LastGood, string.Join(',', GroupIds), Draft);
        if (_events is not null && _seen != now)
        {
            await TryAsync();
        }

        _seen = now;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _subscription = Changes.Follow([ChangeAreas.Events], () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
            await LoadAsync();
            _silent = await Past.ListSilentAsync(Actor, _stop.Token);
            StateHasChanged();
        }

        if (_focus is { } id)
        {
            _focus = null;
            await JS.InvokeVoidAsync("notify.focus", _stop.Token, id);
        }
    }

    // Events may come by the hundred a second, and counting a week of them is work: the last of them is counted a moment later,
    // once for all who look at rules.
    private async Task RefreshAsync()
    {
        try
        {
            if (_events is { } events)
            {
                var wait = events.ReadAt + LeastBetweenCounts - Time.GetUtcNow();
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Time, _stop.Token);
                var zone = await Zone.GetAsync(_stop.Token);
                _events = await Looks.JoinAsync((nameof(RuleBuilderPanel), zone.Id, Actor.Role),
                    () => Past.CountAsync(zone, Actor, CancellationToken.None), _stop.Token);
                await TryAsync();
                await Changes.DrawAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The panel is gone.
        }
    }

    private async Task LoadAsync()
    {
        _events = await Past.CountAsync(await Zone.GetAsync(_stop.Token), Actor, _stop.Token);
        await TryAsync();
        StateHasChanged();
    }

    private async Task TryAsync()
    {
        _trial = RuleTrial.Run(_events!, new TriedRules(Draft.LastGood, GroupIds), Saved, NameOf, Language);
        long[] wanted = [.. _trial.NewestIds, .. _trial.NearMisses.Select(miss => miss.NewestId)];
        if (wanted.Any(id => !_samples.ContainsKey(id)))
        {
            var found = await Past.FindAsync(wanted, Actor, _stop.Token);
            _samples = found.ToDictionary(e => e.Id);
        }
    }

    private string NameOf(string groupId) => Groups.GetValueOrDefault(groupId) is { Length: > 0 } name ? name : groupId;

    private bool IsShown(RulePreset preset) => Draft.List?.Equals(preset.List) == true;

    private List<string> WarningsOf(AlertRule rule, string path)
    {
        var alertType = rule.AlertType!;
        var warnings = RuleWarnings.Find(Draft.Rules)
            .Where(warning => warning.Kind != RuleWarningKind.NeverMatches
                && (warning.Path == path || warning.Path.StartsWith(path + ".", StringComparison.Ordinal)))
            .Select(warning => warning.Describe(Language)).ToList();
        if (_silent.Contains(alertType))
        {
            warnings.Add(T["Warning.Silent"]);
        }

        if (FurtherWarning?.Invoke(alertType) is { } further)
        {
            warnings.Add(further);
        }

        return warnings;
    }

    private Task OnKeyAsync(KeyboardEventArgs key) =>
        (key.CtrlKey || key.MetaKey, key.ShiftKey, key.Key.ToLowerInvariant(), IsReadOnly) switch
    {
        (true, false, "z", false) => UndoAsync(),
        (true, true, "z", false) or (true, false, "y", false) => RedoAsync(),
        _ => Task.CompletedTask,
    };

    private Task UndoAsync()
    {
        Draft.Undo();
        return ChangedAsync();
    }

    private Task RedoAsync()
    {
        Draft.Redo();
        return ChangedAsync();
    }

    private Task DropJsonAsync()
    {
        Draft.DropJson();
        return ChangedAsync();
    }

    private Task ReplaceAsync(ConfigList list)
    {
        Draft.Replace(list);
        return ChangedAsync();
    }

    private Task AddAsync(AlertType alertType)
    {
        Draft.Add(alertType);
        _focus = RuleCard.TitleIdOf(alertType);
        return ChangedAsync();
    }

    private Task RemoveAsync(AlertType alertType)
    {
        Draft.Remove(alertType);
        _focus = RulePalette.ButtonIdOf(alertType);
        return ChangedAsync();
    }

    private Task ChooseAsync(AlertType alertType, ValueChoice choice)
    {
        Draft.Choose(alertType, choice.Key, choice.Value, choice.IsChosen);
        return ChangedAsync();
    }

    private void TryStored(IncomingEvent stored)
    {
        _tried.Take(stored);
        _tab = TryKey;
    }

    private async Task ChangedAsync()
    {
        await OnChanged.InvokeAsync();
        if (_events is not null && _seen?.Item1 != Draft.LastGood)
        {
            _seen = (Draft.LastGood, string.Join(',', GroupIds), Draft);
            await TryAsync();
        }
    }
}
