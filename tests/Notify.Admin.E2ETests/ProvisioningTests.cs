using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Security;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Configuration files of a directory, as their author meets them on a new product.</summary>
public sealed class ProvisioningTests(Browser browser, ProvisioningTests.ProvisionedProduct product)
    : Journey(browser, product), IClassFixture<ProvisioningTests.ProvisionedProduct>
{
    [Fact]
    public async Task File_ThatIsWrong_IsOnOverviewUntilItIsCorrected_AndThenMarksWhatItNames()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("");
        var wrong = Page.Locator(".needs > ul > li");
        await Expect(wrong).ToContainTextAsync("prod.yaml was not applied");
        await Expect(wrong).ToContainTextAsync("Line 3");

        product.Write("version: 1\nruleSets:\n  - name: Databases\n    rules:\n      - conditions: [{ on: asset, like: 'db-*' }]\n"
            + "sources:\n  - name: Dashboards\n    kind: grafana\nassetGroups:\n  - id: 7\n    name: Web shop\n"
            + "settings:\n  Retention:Days: 30\npeople:\n  - email: reader@example.test\n    role: Viewer\n");
        await Expect(wrong).ToHaveCountAsync(0);
        await OpenAsync("rule-sets");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Databases" }).ClickAsync();
        await Expect(Page.GetByText("Provisioned from prod.yaml")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Save|Delete") })).ToHaveCountAsync(0);

        await OpenAsync("sources");
        await Expect(Page.GetByTitle("Provisioned from prod.yaml")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await OpenAsync("dingtalk/chatbots/asset-groups");
        await Expect(Page.GetByTitle("Provisioned from prod.yaml")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Rename|Remove") })).ToHaveCountAsync(0);

        await OpenAsync("settings");
        await Expect(Page.GetByText("Provisioned from prod.yaml.")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Retention (days)")).ToBeDisabledAsync();

        await OpenAsync("people");
        await Page.GetByTitle("Provisioned from prod.yaml").WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "reader@example.test" }).ClickAsync();
        var person = Page.GetByRole(AriaRole.Dialog);
        await Expect(person.GetByText("Change it in prod.yaml")).ToBeVisibleAsync();
        await Expect(person.GetByRole(AriaRole.Radio).First).ToBeDisabledAsync();
        await Expect(person.GetByRole(AriaRole.Button, new() { Name = "Change role" })).ToBeDisabledAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await SetWidthAsync(390);
        await OpenAsync("settings/file");
        await Expect(Page.Locator(".config-state")).ToContainTextAsync("Applied");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    /// <summary>Starts with a file that is wrong, and without a channel.</summary>
    public sealed class ProvisionedProduct : Product
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        protected override IReadOnlyDictionary<string, string> Configuration =>
            new Dictionary<string, string> { ["Config:Directory"] = _folder.FullName };

        public override ValueTask InitializeAsync()
        {
            Write("version: 1\nruleSets:\n  - title: Databases\n");
            return base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Delete(recursive: true);
        }

        // As if it had been lying there: what is just being written is waited for.
        internal void Write(string text)
        {
            var path = Path.Combine(_folder.FullName, "prod.yaml");
            File.WriteAllText(path, text);
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
        }
    }
}
