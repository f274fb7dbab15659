using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleBuilder;

/// <summary>The accepted values of one key of one rule.</summary>
public sealed partial class ValueGroup
{
    // Above so many values a list needs a search.
    private const int Long = 8;

    private string? _search;

    [Inject]
    private IStringLocalizer<RuleBuilderText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public AlertTypeKey Key { get; set; } = null!;

    /// <summary>Null where the rule does not mention the key: it is not restricted.</summary>
    [Parameter, EditorRequired]
    public ConfigItem? Item { get; set; }

    [Parameter]
    public EventCallback<ValueChoice> OnChosen { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private string HintId { get; } = ElementIds.Next("values");

    private bool IsLong => Key.Values.Length > Long;

    private bool AcceptsAll => Item is null or { AcceptsAll: true };

    private int Chosen => Item is null ? 0 : Item.Values.Length;

    private IReadOnlyList<string> Unknown => Item is null ? [] : [.. Item.Values.Where(value => Key.Find(value) is null)];

    // What is typed and in no list: the vendor may know it already.
    private string? Addable => Key.IsOpen && _search?.Trim() is { Length: > 0 } typed && Key.Find(typed) is null
        && !Unknown.Contains(typed) ? typed : null;

    private string Hint =>
        Item is null ? T["Values.NotMentioned"]
        : AcceptsAll ? T[Key.ConcreteValues.Any() ? "Values.All" : "Values.OnlyAll"]
        : Chosen == 0 ? T["Values.None"]
        : string.Empty;

    private bool IsChosen(AlertTypeValue value) =>
        Item is not null && !AcceptsAll && Item.Values.Any(written => Key.Find(written) == value);

    private bool Matches(AlertTypeValue value) => string.IsNullOrWhiteSpace(_search)
        || value.Aliases.Append(value.Literal).Append(value.Label.En).Append(value.Label.Zh)
            .Any(text => text.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase));

    // The literal says something beside its label.
    private static bool ShowsLiteral(AlertTypeValue value) =>
        !string.Equals(value.Literal, value.Label.In(Language), StringComparison.OrdinalIgnoreCase);

    // A spelling of the vendor's other pages stays as it was written.
    private string? Written(AlertTypeValue value) =>
        Item?.Values.FirstOrDefault(written => written != value.Literal && Key.Find(written) == value) is { } alias
            ? T["Values.Alias", alias].Value : null;

    private Task ChooseAsync(string value, ChangeEventArgs change) =>
        OnChosen.InvokeAsync(new ValueChoice(Key, value, change.Value is true));

    private Task AddAsync(string value)
    {
        _search = null;
        return OnChosen.InvokeAsync(new ValueChoice(Key, value, true));
    }
}
