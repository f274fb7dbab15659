using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleBuilder;

/// <summary>The rules as the vendor's JSON, to read, write and paste.</summary>
public sealed partial class JsonTab
{
    private const int MostErrors = 5;

    [Inject]
    private IStringLocalizer<RuleBuilderText> T { get; set; } = null!;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>This component writes to it and says so.</summary>
    [Parameter, EditorRequired]
    public RuleDraft Draft { get; set; } = null!;

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private string TextId { get; } = ElementIds.Next("json");

    private string ErrorsId => $"{TextId}-errors";

    private int LineCount => Draft.Json.AsSpan().Count('\n') + 1;

    private HashSet<int> ErrorLines => [.. Draft.Errors.Select(error => error.Line)];

    private Task TypeAsync(ChangeEventArgs change)
    {
        Draft.TypeJson(change.Value?.ToString() ?? string.Empty);
        return OnChanged.InvokeAsync();
    }

    private Task EndAsync()
    {
        Draft.EndTyping();
        return OnChanged.InvokeAsync();
    }

    private Task DropAsync()
    {
        Draft.DropJson();
        return OnChanged.InvokeAsync();
    }

    private ValueTask GoToAsync(ConfigListError error) => JS.InvokeVoidAsync("notify.select", TextId, error.Offset, error.Length);
}
