using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.Load;

/// <summary>The program as a process of its own, on a new store that was prepared with channels.</summary>
internal sealed class ProductUnderLoad : IAsyncDisposable
{
    /// <summary>Names the executable of a published product that is measured; without it, it is the build beside this program.</summary>
    public const string Executable = "NOTIFY_LOAD_PRODUCT";

    private readonly TestDatabase _database;
    private readonly Process _process;

    private ProductUnderLoad(TestDatabase database, Process process, Uri address)
    {
        _database = database;
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TestDatabase Database => _database;

    /// <summary>Starts it, after <paramref name="prepare"/> has filled the store through the program's own services.</summary>
    public static async Task<ProductUnderLoad> StartAsync(DatabaseProvider store, Dictionary<string, string> configuration,
        Func<NotifyAdminApp, Task> prepare)
    {
        var database = await TestDatabase.CreateAsync(store);
        await using (var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database,
            Configuration = configuration }))
        {
            await prepare(app);
        }

        var published = Environment.GetEnvironmentVariable(Executable);
        var start = published is null
            ? new ProcessStartInfo("dotnet", [typeof(AdminUser).Assembly.Location, "--contentRoot", AppContext.BaseDirectory])
            : new ProcessStartInfo(Path.GetFullPath(published), ["--contentRoot", Path.GetDirectoryName(Path.GetFullPath(published))!]);
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = database.DataDirectory;
        foreach (var (key, value) in database.Configuration.Concat(configuration).Append(new("Urls", "http://127.0.0.1:0")))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Split("Now listening on: ") is [_, var address])
            {
                listening.TrySetResult(new Uri(address));
            }
        };
        process.BeginOutputReadLine();
        return new ProductUnderLoad(database, process, await listening.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    public HttpClient CreateClient() => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey) },
    };

    /// <summary>Resident memory, in MiB, its peak, and what of it is of no file.</summary>
    public (long Now, long Peak, long Anonymous) Memory()
    {
        var lines = File.ReadAllLines($"/proc/{_process.Id}/status");
        return (Of("VmRSS:"), Of("VmHWM:"), Of("RssAnon:"));

        long Of(string name) => long.Parse(
            lines.Single(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]
            .Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _database.DisposeAsync();
    }
}
