using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Shared;

namespace Notify.Admin.RuleSets;

/// <summary>All rule sets, live.</summary>
public sealed partial class RuleSetsPage
{
    private const int FewNamed = 3;

    private IReadOnlyList<RuleSetListItem>? _items;

    [Inject]
    private RuleSetService Sets { get; set; } = null!;

    [Inject]
    private IStringLocalizer<RuleSetText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels];

    private static RuleLanguage Language => Bilingual.LanguageOf(CultureInfo.CurrentUICulture);

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _items = await Sets.ListAsync(Actor, cancellationToken);

    // The first in words; how many there are besides.
    private string RulesOf(RuleSetListItem item) => OwnRuleJson.Read(item.Set.Rules).Rules.Rules switch
    {
        [] => T["List.Unreadable"],
        [var only] => OwnRuleText.Sentence(only, Language),
        [var first, .. var rest] => T["List.AndMore", OwnRuleText.Sentence(first, Language), rest.Length],
    };

    private string UsesOf(RuleSetListItem item) => item.Channels switch
    {
        [] => T["List.Unused"],
        { Count: <= FewNamed } few => string.Join(T["List.Separator"], few.Select(channel => channel.Name)),
        var many => T["List.UsedBy", many.Count],
    };
}
