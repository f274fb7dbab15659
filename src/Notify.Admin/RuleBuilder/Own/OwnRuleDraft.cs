using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>Own rules that somebody is typing, as the cards change them; what is not finished yet is in it too.</summary>
/// <param name="json">As the form holds it.</param>
public sealed class OwnRuleDraft(string json)
{
    private const int MostSteps = 100;

    private readonly Stack<string> _past = new();

    public string Json { get; private set; } = json;

    /// <summary>The rules, and what is wrong with them.</summary>
    public OwnRuleReading Reading { get; private set; } = OwnRuleJson.Read(json);

    public ImmutableArray<OwnRule> Rules => Reading.List?.Rules ?? [];

    /// <summary>It is no list of rules at all, so cards cannot show it.</summary>
    public bool IsUnreadable => Reading.List is null;

    public bool CanUndo => _past.Count > 0;

    public bool CanAdd => Rules.Length < OwnRuleList.MostRules;

    /// <summary>What is wrong with a rule or one of its conditions.</summary>
    /// <param name="condition">Null: with the rule as a whole.</param>
    public IEnumerable<Bilingual> ProblemsOf(int rule, int? condition) => Reading.Problems
        .Where(problem => problem.Rule == rule && problem.Condition == condition).Select(problem => problem.Text);

    public void Add() => Take(Rules.Add(new OwnRule(null, [new SeverityFromCondition("high")])));

    public void Duplicate(int rule) => Take(Rules.Insert(rule + 1, Rules[rule]));

    public void Remove(int rule) => Take(Rules.RemoveAt(rule));

    public void Rename(int rule, string name) =>
        Take(Rules.SetItem(rule, Rules[rule] with { Name = string.IsNullOrWhiteSpace(name) ? null : name.Trim() }));

    public void AddCondition(int rule) => Change(rule, conditions => conditions.Add(OwnTests.First(OwnField.Kind)));

    public void RemoveCondition(int rule, int condition) => Change(rule, conditions => conditions.RemoveAt(condition));

    public void Replace(int rule, int condition, OwnCondition by) => Change(rule, conditions => conditions.SetItem(condition, by));

    /// <summary>Begins anew; what was there comes back with <see cref="Undo"/>.</summary>
    public void Clear() => Take([]);

    public void Undo()
    {
        if (_past.TryPop(out var before))
        {
            Show(before);
        }
    }

    private void Change(int rule, Func<ImmutableArray<OwnCondition>, ImmutableArray<OwnCondition>> change) =>
        Take(Rules.SetItem(rule, Rules[rule] with { Conditions = change(Rules[rule].Conditions) }));

    private void Take(ImmutableArray<OwnRule> rules)
    {
        var now = OwnRuleJson.Write(new OwnRuleList(rules));
        if (now != Json && _past.Count < MostSteps)
        {
            _past.Push(Json);
        }

        Show(now);
    }

    private void Show(string json) => (Json, Reading) = (json, OwnRuleJson.Read(json));
}
