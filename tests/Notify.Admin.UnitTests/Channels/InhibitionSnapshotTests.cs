using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.UnitTests.Rules.Own;

namespace Notify.Admin.UnitTests.Channels;

public sealed class InhibitionSnapshotTests
{
    [Fact]
    public void Where_ThousandsOfRandomCases_IsWhatEachInhibitionAskedAloneSays()
    {
        var random = new Random(41);
        var (opened, heldBack) = (0, 0);
        for (var round = 0; round < 30; round++)
        {
            var inhibitions = Enumerable.Range(1, 30).Select(id => new InhibitionRules(id, $"i {id}", RandomOwnRules.List(random),
                RandomOwnRules.List(random), random.Next(3) == 0 ? "label 0" : null, TimeSpan.FromHours(1))).ToList();
            var snapshot = new InhibitionSnapshot(inhibitions);
            for (var number = 0; number < 40; number++)
            {
                var record = RandomOwnRules.Record(random);
                record = record with { Fields = record.Fields with { Problem = random.Next(2) == 0 ? null : "p" } };
                var facts = OwnRuleEvent.FactsOf(record);
                bool Knows(InhibitionRules one) => !string.IsNullOrEmpty(
                    one.Label is { } label ? facts.Find(OwnField.Label, label) : facts.Find(OwnField.Asset));

                var isOpen = record.Fields is { Problem: not null, State: EventState.Open };
                var expected = inhibitions.Where(one => isOpen && Knows(one) && one.Problems.FirstMatch(facts) >= 0).ToList();
                snapshot.WhereOpened(record).Select(place => place.Inhibition).ShouldBe(expected);
                opened += expected.Count;
                expected = inhibitions.FindAll(one => Knows(one) && one.Dependants.FirstMatch(facts) >= 0);
                snapshot.WhereHeldBack(record).Select(place => place.Inhibition).ShouldBe(expected);
                heldBack += expected.Count;
            }
        }

        opened.ShouldBeGreaterThan(500);
        heldBack.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void Same_IsTheAssetWhateverItsCase_OfOneInhibitionAlone()
    {
        var any = new OwnRuleList([new OwnRule(null, [new SeverityFromCondition("low")])]);
        var snapshot = new InhibitionSnapshot(
            [new(1, "one", any, any, null, TimeSpan.FromHours(1)), new(2, "two", any, any, null, TimeSpan.FromHours(1))]);

        var down = snapshot.WhereOpened(Event("web-01", "p")).Select(place => place.Same).ToList();

        snapshot.WhereHeldBack(Event("WEB-01", null)).Select(place => place.Same).ShouldBe(down);
        down.Distinct().Count().ShouldBe(2);
        snapshot.WhereHeldBack(Event("web-02", null)).Select(place => place.Same).ShouldNotContain(down[0]);
        snapshot.WhereOpened(Event("web-01", null)).ShouldBeEmpty();
        snapshot.WhereHeldBack(Event(null, null)).ShouldBeEmpty();
        snapshot.WhereHeldBack(Event("web-01", null) with { Source = ProductEvent.Source }).ShouldBeEmpty();
    }

    private static EventRecord Event(string? asset, string? problem) => new(0, "e", "tests", "x", DateTimeOffset.UnixEpoch, Severity.High,
        new EventFields { Asset = asset, Problem = problem, State = EventState.Open });
}
