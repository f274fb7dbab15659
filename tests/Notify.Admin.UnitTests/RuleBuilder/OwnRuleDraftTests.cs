using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.RuleBuilder;

public sealed class OwnRuleDraftTests
{
    [Fact]
    public void Undo_AfterEveryKindOfChange_LeadsBackToTheBeginning()
    {
        const string Json = """[{"name":"a","conditions":[{"on":"kind","oneOf":["x"]}]}]""";
        var draft = new OwnRuleDraft(Json);
        List<string> seen = [];
        Action[] changes =
        [
            draft.Add, () => draft.Duplicate(0), () => draft.Rename(1, " b "), () => draft.AddCondition(1),
            () => draft.Replace(1, 1, new TextCondition("disk")), () => draft.RemoveCondition(1, 0), () => draft.Remove(0), draft.Clear,
        ];

        foreach (var change in changes)
        {
            seen.Add(draft.Json);
            change();
            draft.Json.ShouldNotBe(seen[^1]);
        }

        while (draft.CanUndo)
        {
            draft.Undo();
            draft.Json.ShouldBe(seen[^1]);
            seen.RemoveAt(seen.Count - 1);
        }

        draft.Json.ShouldBe(Json);
    }

    [Fact]
    public void EveryFieldAndTest_BeginsAsAConditionThatCanBeReadAgain()
    {
        foreach (var field in Enum.GetValues<OwnField>())
        {
            foreach (var test in OwnTests.Of(field))
            {
                var condition = OwnTests.Make(field, test, "team");
                var json = OwnRuleJson.Write(new OwnRuleList([new OwnRule(null, [condition])]));

                var read = OwnRuleJson.Read(json).List.ShouldNotBeNull().Rules[0].Conditions[0];

                (read.Field, OwnTests.Of(read)).ShouldBe((field, test));
            }
        }
    }

    [Fact]
    public void Draft_OfWhatIsNoRules_SaysSoAndBeginsAnew()
    {
        var draft = new OwnRuleDraft("{}");

        draft.IsUnreadable.ShouldBeTrue();
        draft.Clear();
        (draft.Json, draft.IsUnreadable).ShouldBe(("[]", false));
    }
}
