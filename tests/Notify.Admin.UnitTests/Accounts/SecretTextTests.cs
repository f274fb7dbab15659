using Notify.Admin.Accounts;

namespace Notify.Admin.UnitTests.Accounts;

public class SecretTextTests
{
    [Fact]
    public void NewApiKey_Always_IsPrefixAnd43Base64UrlCharacters()
    {
        SecretText.NewApiKey().ShouldMatch(@"\Anak_[A-Za-z0-9_-]{43}\z");
        SecretText.NewApiKey().ShouldNotBe(SecretText.NewApiKey());
    }

    [Fact]
    public void NewAccessKey_Always_HasTheVendorsShape()
    {
        SecretText.NewAccessKeyId().ShouldMatch(@"\ANAKID[A-Za-z0-9]{20}\z");
        SecretText.NewAccessKeySecret().ShouldMatch(@"\Anas_[A-Za-z0-9_-]{43}\z");
    }

    [Fact]
    public void Printing_ResultsWithSecrets_PrintsNone()
    {
        new NewApiKey(null, "nak_canary").ToString().ShouldNotContain("canary");
        new NewAccessKey(null, "NAKID", "nas_canary").ToString().ShouldNotContain("canary");
        new PersonResult(Link: "canary").ToString().ShouldNotContain("canary");
    }
}
