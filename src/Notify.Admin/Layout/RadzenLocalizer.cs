using System.Globalization;
using Microsoft.Extensions.Localization;
using Radzen;

namespace Notify.Admin.Layout;

/// <summary>Gives Radzen's components their words in the language of the page.</summary>
internal sealed class RadzenLocalizer(IStringLocalizer<RadzenText> text) : ILocalizer
{
    // The page's language decides, not the culture a component was given for its numbers.
    public string? Get(string key, CultureInfo culture) => text[key] is { ResourceNotFound: false } found ? found.Value : null;
}
