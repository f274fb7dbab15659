using Notify.Admin.Audit;
using Notify.Admin.LiveForms;

namespace Notify.Admin.UnitTests.LiveForms;

/// <summary>One declaration, read by everything that goes through all fields of a form.</summary>
public sealed class FormTableTests
{
    private static readonly FormTable<Stored, Model> Table = Declare(mergesUntouched: false);

    [Fact]
    public void Declared_Property_IsReadCopiedAndWrittenByItsName()
    {
        var field = Table.Fields.Single(field => field.Name == "IsOn");
        Model from = new() { IsOn = true }, to = new();

        field.Copy(from, to);

        (field.AuditName, field.Read(from), to.IsOn).ShouldBe(("status", "1", true));
        field.Write!(to, "0");
        to.IsOn.ShouldBeFalse();
        Table.AuditNameOf("Day").ShouldBe("day");
        Table.AuditNameOf("Token").ShouldBe("token");
        Should.Throw<ArgumentException>(() => Table.AuditNameOf("Other"));
    }

    [Fact]
    public void CountChanges_BlanksAround_CountNotAndASecretIsOne() =>
        Table.CountChanges(new Model { Name = " a ", Day = DayOfWeek.Friday, Token = "secret" }, new Model { Name = "a" }).ShouldBe(2);

    [Fact]
    public void Compare_SameVersion_AsksNothing() =>
        Table.Compare(new Stored(1, new Model()), new Stored(1, new Model { Name = "theirs" }), new Model { Name = "mine" })
            .ShouldBeEmpty();

    [Fact]
    public void Compare_WhatOnlyTheyChanged_AsksUnlessItIsMerged()
    {
        Stored original = new(1, new Model()), theirs = new(2, new Model { Day = DayOfWeek.Friday });
        var mine = new Model { Name = "mine" };

        Table.Compare(original, theirs, mine).Select(field => field.Field).ShouldBe(["Name", "Day"]);
        Declare(mergesUntouched: true).Compare(original, theirs, mine).ShouldBeEmpty();
    }

    [Fact]
    public void Merge_PartOfASecret_FollowsTheSecret()
    {
        var mine = new Model { Token = "mine", Pair = "with it" };
        var theirs = new Stored(2, new Model { Name = "theirs" });

        Table.Merge(theirs, mine, new HashSet<string> { "Token" }).Pair.ShouldBe("with it");
        Table.Merge(theirs, mine, new HashSet<string> { "Name" }).Pair.ShouldBeNull();
        Table.Compare(new Stored(1, new Model()), theirs with { Mark = "other" }, mine).ShouldNotContain(field => field.Field == "Pair");
    }

    [Fact]
    public void Difference_SecretThatEndsAlike_IsSaidToBeAnother()
    {
        Stored before = new(1, new Model { Name = "a" }), after = new(2, new Model { Name = "b" }) { Mark = "other" };

        Table.Difference(before, after).ShouldBe([new FieldChange("name", "a", "b"), new FieldChange("token", "…1234", "…1234 (another)")]);
        Table.Difference(null, before).ShouldContain(new FieldChange("status", null, "0"));
    }

    [Fact]
    public void IsTestedAs_LooksAtWhatIsDeclaredTestedAndAtSecrets()
    {
        var stored = new Stored(1, new Model());

        Table.IsTestedAs(stored, new Stored(2, new Model { Day = DayOfWeek.Friday })).ShouldBeTrue();
        Table.IsTestedAs(stored, new Stored(2, new Model { Name = "b" })).ShouldBeFalse();
        Table.IsTestedAs(stored, new Stored(2, new Model()) { Mark = "other" }).ShouldBeFalse();
        Table.IsTestedAs(new Model(), new Model { Token = "typed" }).ShouldBeFalse();
    }

    private static FormTable<Stored, Model> Declare(bool mergesUntouched) =>
        new FormTable<Stored, Model> { MergesUntouched = mergesUntouched }
        .Text(model => model.Name, isTested: true)
        .Flag(model => model.IsOn, "status", "1", "0")
        .Choice(model => model.Day)
        .Secret(new("Token", "token", model => model.Token, (from, to) => to.Token = from.Token, _ => "…1234", stored => stored.Mark))
        .Secret(new("Pair", "pair", model => model.Pair, (from, to) => to.Pair = from.Pair, _ => null, _ => null) { PartOf = "Token" });

    private sealed record Stored(int Version, Model Values) : IStored<Model>
    {
        public string Mark { get; init; } = "mark";

        public int Id => 1;

        public DateTimeOffset ChangedAt => default;

        public string? ChangedBy => null;
    }

    private sealed class Model : IFormModel<Model>
    {
        public string Name { get; set; } = "";

        public bool IsOn { get; set; }

        public DayOfWeek Day { get; set; }

        public string? Token { get; set; }

        public string? Pair { get; set; }

        public Model Copy() => (Model)MemberwiseClone();
    }
}
