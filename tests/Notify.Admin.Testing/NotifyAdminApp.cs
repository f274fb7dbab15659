using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Accounts;
using Notify.Admin.Deliveries;
using Notify.Sandbox;

namespace Notify.Admin.Testing;

/// <summary>The real program on a real port over a real store, with what tests do to it. Starting takes about a second.</summary>
public sealed partial class NotifyAdminApp : IAsyncDisposable
{
    private readonly NotifyAdminSettings _settings;
    private readonly TestDatabase _database;
    private readonly List<HttpClient> _clients = [];
    private readonly SandboxServer? _sandbox;
    private Factory? _factory;

    private NotifyAdminApp(NotifyAdminSettings settings, TestDatabase database, SandboxServer? sandbox)
    {
        _settings = settings;
        _database = database;
        _sandbox = sandbox;
    }

    /// <summary>Where it listens, with a trailing slash. Changes at a restart.</summary>
    public Uri BaseAddress { get; private set; } = new("http://localhost/");

    /// <summary>Every log line since the first start.</summary>
    public LogCapture Logs { get; } = new();

    public TestDatabase Database => _database;

    /// <summary>The pretended Slack and DingTalk; ask for it with <see cref="NotifyAdminSettings.WithSandbox"/>. It outlives
    /// restarts.</summary>
    public SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("The settings ask for no sandbox.");

    /// <summary>The program's services, for what the fixture has no method for yet. Prefer adding a method here.</summary>
    public IServiceProvider Services => _factory?.Services ?? throw new InvalidOperationException("The program is stopped.");

    public static async Task<NotifyAdminApp> StartAsync(NotifyAdminSettings? settings = null)
    {
        settings ??= new NotifyAdminSettings();
        var app = new NotifyAdminApp(
            settings,
            settings.Database ?? await TestDatabase.CreateAsync(settings.Provider),
            settings.Sandbox ?? (settings.WithSandbox ? await SandboxServer.StartAsync() : null));
        try
        {
            app.Start();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }

    /// <summary>A client without any credentials; it keeps cookies and does not follow redirects.</summary>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false,
            CookieContainer = new CookieContainer() }) { BaseAddress = BaseAddress };
        _clients.Add(client);
        return client;
    }

    /// <summary>A client with an API key in its <c>Authorization</c> header.</summary>
    /// <param name="key">Null: the first Admin's, with the scope <c>full</c>.</param>
    public HttpClient CreateApiClient(string? key = null)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key ?? NotifyAdminSettings.ApiKey);
        return client;
    }

    /// <summary>A client that is logged in as a person with <paramref name="role"/>, who is created on first use:
    /// <c>viewer@example.test</c>.</summary>
    public async Task<HttpClient> SignInAsAsync(string role)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", await Services.GetRequiredService<TestPeople>().SessionCookieAsync(role));
        return client;
    }

    /// <summary>The session cookie of a person with <paramref name="role"/>, who is created on first use; for a browser.</summary>
    public async Task<(string Name, string Value)> SessionCookieAsync(string role)
    {
        var cookie = await Services.GetRequiredService<TestPeople>().SessionCookieAsync(role);
        var end = cookie.IndexOf('=', StringComparison.Ordinal);
        return (cookie[..end], cookie[(end + 1)..]);
    }

    /// <summary>An API key of a person with <paramref name="role"/>, who is created on first use.</summary>
    public Task<string> CreateApiKeyAsync(string role, ApiKeyScope scope = ApiKeyScope.Full) =>
        Services.GetRequiredService<TestPeople>().CreateApiKeyAsync(role, scope);

    /// <summary>Posts one CloudEvent in structured mode.</summary>
    /// <param name="data">The event's <c>data</c>.</param>
    /// <param name="key">Null: the first Admin's.</param>
    public async Task<HttpResponseMessage> PostEventAsync(string type, object data, string? id = null, string source = "tests",
        string? key = null)
    {
        using var content = new StringContent(
            JsonSerializer.Serialize(new { specversion = "1.0", id = id ?? Guid.NewGuid().ToString("N"), source, type, data }),
            Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        return await CreateApiClient(key).PostAsync("api/events", content);
    }

    /// <summary>Loads the page at <paramref name="path"/> as <paramref name="client"/> and sends its form back with
    /// <paramref name="fields"/> filled in, as a browser would: hidden fields included.</summary>
    public static Task<HttpResponseMessage> SubmitFormAsync(HttpClient client, string path, params (string Name, string Value)[] fields) =>
        SubmitFormToAsync(client, path, path, fields);

    /// <summary>The same, sent to another address than the page's own.</summary>
    public static async Task<HttpResponseMessage> SubmitFormToAsync(HttpClient client, string path, string action,
        params (string Name, string Value)[] fields)
    {
        using var page = await client.GetAsync(path);
        var html = await page.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var form = HiddenFields().Matches(html)
            .ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync(action, content);
    }

    /// <summary>Fills the log-in form in.</summary>
    public static Task<HttpResponseMessage> SubmitLoginAsync(HttpClient client, string email, string password,
        string path = "Account/Login") =>
        SubmitFormAsync(client, path, ("Email", email), ("Password", password));

    /// <summary>Fills the form that changes one's own password.</summary>
    public static Task<HttpResponseMessage> SubmitPasswordAsync(HttpClient client, string current, string password) =>
        SubmitFormAsync(client, "/Account/Password", ("Current", current), ("Password", password), ("Repeat", password));

    /// <summary>Logs out. The button stands in a live page; its token is the same as that of any static form.</summary>
    public static Task<HttpResponseMessage> SubmitLogoutAsync(HttpClient client) =>
        SubmitFormToAsync(client, "/Account/Password", "/Account/Logout");

    /// <summary>Stops the program and starts it again on the same store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Start();
    }

    /// <summary>Stops the program; the store stays.</summary>
    public async Task StopAsync()
    {
        if (_factory is { } factory)
        {
            _factory = null;
            await factory.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _clients.ForEach(client => client.Dispose());
        if (_sandbox is not null && _settings.Sandbox is null)
        {
            await _sandbox.DisposeAsync();
        }

        if (_settings.Database is null)
        {
            await _database.DisposeAsync();
        }
    }

    private void Start()
    {
        var factory = new Factory(this);
        _factory = factory;
        factory.UseKestrel();
        factory.StartServer();
        BaseAddress = factory.ClientOptions.BaseAddress;
        if (BaseAddress.Port == 0)
        {
            throw new InvalidOperationException("The program ended at its start: standard error says why.");
        }
    }

    private Dictionary<string, string> Configuration()
    {
        var configuration = new Dictionary<string, string>(_database.Configuration);
        if (_settings.WithAdmin)
        {
            configuration["Setup:AdminEmail"] = NotifyAdminSettings.AdminEmail;
            configuration["Setup:AdminPassword"] = NotifyAdminSettings.AdminPassword;
            configuration["Setup:ApiKey"] = NotifyAdminSettings.ApiKey;
            configuration["Setup:AccessKeyId"] = NotifyAdminSettings.AccessKeyId;
            configuration["Setup:AccessKeySecret"] = NotifyAdminSettings.AccessKeySecret;
        }

        if (_sandbox is not null)
        {
            configuration["Slack:ApiUrl"] = _sandbox.SlackApiUrl.AbsoluteUri;
            configuration["DingTalk:AllowedWebhooks:0"] = _sandbox.RobotBaseUrl.AbsoluteUri;
            configuration["VendorAccounts:SecurityCenterEndpoints:0"] = TestVendors.EndpointOf(_sandbox.BaseAddress);
        }

        foreach (var (key, value) in _settings.Configuration)
        {
            configuration[key] = value;
        }

        return configuration;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();

    // The type parameter only names the product's assembly: its Program could be mistaken for another project's.
    private sealed class Factory(NotifyAdminApp app) : WebApplicationFactory<AdminUser>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(app._settings.Environment);
            // UseKestrel(0) would choose the port while the program may be starting to listen already, and fail where it is.
            builder.UseUrls("http://127.0.0.1:0");
            foreach (var (key, value) in app.Configuration())
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(app.Logs).SetMinimumLevel(LogLevel.Debug));
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TestPeople>();
                // Each start hashes the first Admin's password: once is enough where nobody guesses.
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1);
                // Tests move the clock themselves.
                services.AddSingleton(LanePatience.Default with { Critical = TimeSpan.Zero, Others = TimeSpan.Zero });
                if (app._settings.Time is { } time)
                {
                    services.AddSingleton(time);
                }

                app._settings.Services?.Invoke(services);
            });
        }
    }
}
