using System.Globalization;
using System.Resources;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class SourceSetupTests
{
    private static readonly ResourceManager Texts = new(typeof(SourceText));

    private static readonly string Readme =
        File.ReadAllText(Repository.At("src", "Notify.Admin", "Sources", "README.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Kinds => new(SourceSetup.All.Where(setup => !setup.IsPolled).Select(setup => setup.Kind));

    [Fact]
    public void Setups_AreThereForEveryKind()
    {
        IEnumerable<string> kinds = [SourceKinds.CloudEvents, .. MappingKind.All.Select(kind => kind.Name)];

        kinds.Except(SourceSetup.All.Select(setup => setup.Kind)).ShouldBeEmpty();
        SourceSetup.All.Select(setup => setup.Kind).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Setup_StandsInTheReadmeAsOnThePage(string kind)
    {
        var setup = SourceSetup.Find(kind)!;
        var step = Texts.GetString($"Setup.{kind}", CultureInfo.InvariantCulture);

        Readme.ShouldContain($"### `{kind}`: {setup.Tool}\n\n{step}\n\n```text\n{setup.Lines.ReplaceLineEndings("\n")}\n```\n");
    }

    [Fact]
    public void Lines_OfTrivy_AskForNoDeletions() =>
        SourceSetup.Find("trivy-operator")!.Lines.ShouldBe($"OPERATOR_WEBHOOK_BROADCAST_URL={SourceSetup.AddressPlace}");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lines_HaveTheAddressAndWhatIsProposedToProveItWith(string kind)
    {
        var setup = SourceSetup.Find(kind)!;
        const string address = "https://notify.example.com/in/abc";

        var lines = setup.LinesFor(address, "a secret");

        lines.ShouldContain(address);
        lines.ShouldNotContain(SourceSetup.AddressPlace, Case.Sensitive);
        lines.Contains("a secret", StringComparison.Ordinal).ShouldBe(setup.Proofs[0] != SourceProof.Key);
        setup.LinesFor(address, null).ShouldNotContain(SourceSetup.SecretPlace, Case.Sensitive);
    }
}
