using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Notify.Admin.Layout;

/// <summary>MudBlazor's own words (pagers, filters, pickers) in the languages of the console; it brings English only. The resource files
/// bear this class's name and MudBlazor's keys.</summary>
internal sealed class ComponentText(IStringLocalizer<ComponentText> words) : MudLocalizer
{
    public override LocalizedString this[string key] => words[key];

    public override LocalizedString this[string key, params object[] arguments] => words[key, arguments];
}
