using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>The tabs of a stored channel's page. They show and hide parts of one form: what is typed, its save bar and its draft know
/// nothing of them. A new channel has no tabs.</summary>
public abstract partial class ChannelForm<TStored, TModel> : LiveForm<TStored, TModel>
{
    private string? _open;
    private string? _asked;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> C { get; set; } = null!;

    /// <summary>The tab that the address names; null opens the one that is of most use.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>The parts of the form, the first one first.</summary>
    protected abstract IReadOnlyList<ChannelTab> Parts { get; }

    /// <summary>The open one; none before it is loaded, and none of a new channel.</summary>
    protected string CurrentTab => _open ?? "";

    /// <summary>A part of the form is open.</summary>
    protected bool IsAtForm => Own is null || PartOf(_open) is not null;

    protected IReadOnlyList<TabItem> Tabs => Own is null ? [] : [.. Keys.Select(key => new TabItem(key, Label(key), Mark: MarkOf(key)))];

    private IEnumerable<string> Keys =>
    [
        ChannelTab.Activity,
        .. Parts.Select(part => part.Key),
        .. Actor.May(Policies.Administer) ? (string[])[ChannelTab.Changes] : [],
    ];

    /// <summary>Whether one of these tabs is open; all are in the form of a new channel.</summary>
    protected bool Shows(params ReadOnlySpan<string> tabs) => Own is null || tabs.Contains(CurrentTab);

    /// <summary>What is set in a part, for those who may not change it; null for those who may.</summary>
    protected IReadOnlyList<FormFact>? FactsOf(string tab) => MayEdit ? null : SayStored(PartOf(tab)!.Fields);

    protected string Label(string key) => C[key == ChannelTab.Rules ? $"Tab.{key}.{Kind}" : $"Tab.{key}"];

    /// <summary>Opens a tab and names it in the address. Back leads to where one came from, not through the tabs.</summary>
    protected void GoTo(string tab)
    {
        if (Own is null || tab == _open)
        {
            return;
        }

        (_open, _asked) = (tab, tab);
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameter("tab", tab), new NavigationOptions { ReplaceHistoryEntry = true });
    }

    /// <summary>What is typed there cannot be saved as it is.</summary>
    protected virtual bool IsWrong(ChannelTab part) => part.Fields.Any(HasError);

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _open ??= IsMissing ? null : FirstTab();
    }

    protected override void OnParametersSet()
    {
        if (_asked != Tab)
        {
            _asked = Tab;
            _open = Keys.Contains(Tab) ? Tab : IsLoaded && !IsMissing ? FirstTab() : null;
        }
    }

    protected override void OnRefused(IReadOnlyCollection<string> fields)
    {
        if (PartOf(_open) is { } open && open.Fields.Intersect(fields).Any())
        {
            return;
        }

        if (Parts.FirstOrDefault(part => part.Fields.Intersect(fields).Any()) is { } wrong)
        {
            GoTo(wrong.Key);
        }
    }

    // Who may change nothing looks how it goes. What came back from a draft is shown; what was just added wants its test.
    private string FirstTab() => !MayEdit ? ChannelTab.Activity
        : IsJustAdded ? ChannelTab.Destination
        : (Parts.FirstOrDefault(part => part.Fields.Any(IsChanged)) ?? Parts[0]).Key;

    private ChannelTab? PartOf(string? key) => Parts.FirstOrDefault(part => part.Key == key);

    private TabMark? MarkOf(string key) => PartOf(key) is not { } part || IsMissing ? null
        : IsWrong(part) ? new TabMark(IconName.Alert, Tone.Danger, C["Tab.Wrong"])
        : part.Fields.Any(IsChanged) ? new TabMark(IconName.Edit, Tone.Info, C["Tab.Changed"])
        : null;
}
