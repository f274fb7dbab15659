using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleBuilder;

/// <summary>The rules tried on the last days' events.</summary>
public sealed partial class MatchesTab
{
    [Inject]
    private IStringLocalizer<RuleBuilderText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Null while they are counted.</summary>
    [Parameter, EditorRequired]
    public PastEvents? Events { get; set; }

    [Parameter, EditorRequired]
    public RuleTrial? Trial { get; set; }

    /// <summary>Events that the trial names, by row.</summary>
    [Parameter]
    public IReadOnlyDictionary<long, IncomingEvent> Samples { get; set; } = new Dictionary<long, IncomingEvent>();

    /// <summary>Alert types that have events and no rule.</summary>
    [Parameter]
    public IReadOnlyList<AlertType> Uncovered { get; set; } = [];

    [Parameter]
    public bool IsOn { get; set; } = true;

    [Parameter]
    public bool IsReadOnly { get; set; }

    [Parameter]
    public EventCallback OnRefreshed { get; set; }

    [Parameter]
    public EventCallback<AlertType> OnAdded { get; set; }

    /// <summary>The person wants to know why an event matches or not.</summary>
    [Parameter]
    public EventCallback<IncomingEvent> OnTried { get; set; }

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    private IReadOnlyList<IncomingEvent> Shown => [.. Trial!.NewestIds.Select(id => Samples.GetValueOrDefault(id)).OfType<IncomingEvent>()];

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
