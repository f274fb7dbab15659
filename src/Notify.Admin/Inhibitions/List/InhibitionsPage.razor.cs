using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.Inhibitions;

/// <summary>All inhibitions, live.</summary>
public sealed partial class InhibitionsPage
{
    private IReadOnlyList<InhibitionView>? _items;

    [Inject]
    private InhibitionService Inhibitions { get; set; } = null!;

    [Inject]
    private IStringLocalizer<InhibitionText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels];

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _items = await Inhibitions.ListAsync(Actor, cancellationToken);

    // The first in words; how many there are besides.
    private string RulesOf(string json) => OwnRuleJson.Read(json).Rules.Rules switch
    {
        [] => T["List.Unreadable"],
        [var only] => OwnRuleText.Sentence(only, Language),
        [var first, .. var rest] => T["List.AndMore", OwnRuleText.Sentence(first, Language), rest.Length],
    };
}
