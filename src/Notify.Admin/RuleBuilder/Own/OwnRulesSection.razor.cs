using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleBuilder;

/// <summary>The editor of own rules, a part of the form of every kind of channel. It says what was typed; its owner saves.</summary>
public sealed partial class OwnRulesSection : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private OwnRuleDraft _draft = new(OwnRuleJson.None);
    private SeenEvents? _seen;

    [Inject]
    private PastEventService Past { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RuleBuilderText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The rules as JSON.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = OwnRuleJson.None;

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public string? Id { get; set; }

    /// <summary>They are a rule set's, and no channel's own.</summary>
    [Parameter]
    public bool IsShared { get; set; }

    /// <summary>Instead of its own.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Instead of its own.</summary>
    [Parameter]
    public string? Note { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private string TitleId { get; } = ElementIds.Next("own-rules");

    public void Dispose() => _stop.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (Value != _draft.Json)
        {
            // Not typed here: discarded, resolved, or saved by somebody else.
            _draft = new OwnRuleDraft(Value);
        }

        await LookAsync();
    }

    private string Key(string own) => IsShared ? $"{own}.Shared" : own;

    private Task ChangeAsync(Action change)
    {
        change();
        return AnnounceAsync();
    }

    private async Task AnnounceAsync()
    {
        await ValueChanged.InvokeAsync(_draft.Json);
        await LookAsync();
    }

    // Most channels have no own rules: nothing is read for them.
    private async Task LookAsync()
    {
        var newDays = new OwnRuleList(_draft.Rules).NewDays;
        if (IsReadOnly || _draft.Rules.IsEmpty || (_seen is not null && (newDays == 0 || _seen.KnowEarlier)))
        {
            return;
        }

        // Not asked for twice meanwhile.
        _seen = (_seen ?? SeenEvents.None) with { KnowEarlier = newDays > 0 };
        try
        {
            _seen = await Past.ListNewestAsync(newDays, Actor, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
