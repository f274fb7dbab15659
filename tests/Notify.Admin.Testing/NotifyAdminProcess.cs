using System.Diagnostics;
using System.Text;

namespace Notify.Admin.Testing;

/// <summary>The built program as a process of its own, in an empty directory that is removed afterwards.</summary>
public sealed class NotifyAdminProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NotifyAdminProcess(Process process) => _process = process;

    /// <summary>What it wrote to standard error.</summary>
    public string Errors => _errors.ToString();

    public string Output => _output.ToString();

    public bool HasExited => _process.HasExited;

    /// <param name="settings">Configuration keys, with colons.</param>
    /// <param name="arguments">Of the command line.</param>
    public static NotifyAdminProcess Start(IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments) =>
        Start(new ProcessStartInfo("dotnet", [Assembly(), .. arguments]), settings);

    /// <summary>Starts a published program as on a machine that has no .NET: with an environment that names none.</summary>
    /// <param name="folder">Where it was published to.</param>
    /// <param name="settings">Configuration keys, with colons.</param>
    /// <param name="arguments">Of the command line.</param>
    public static NotifyAdminProcess StartPublished(
        string folder, IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, "Notify.Admin"), arguments);
        start.Environment.Clear();
        return Start(start, settings);
    }

    private static NotifyAdminProcess Start(ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> settings)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        start.WorkingDirectory = Directory.CreateTempSubdirectory("notify_process_").FullName;
        start.Environment["Urls"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new NotifyAdminProcess(new Process { StartInfo = start });
        process._process.OutputDataReceived += (_, line) => process.Read(line.Data);
        process._process.ErrorDataReceived += (_, line) => process._errors.AppendLine(line.Data ?? "");
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits until it serves, and says where.</summary>
    public Task<Uri> ListeningAsync(CancellationToken cancellationToken) => _listening.Task.WaitAsync(Patience, cancellationToken);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Kills it (SIGKILL on Unix): it gets no chance to put anything in order.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Directory.Delete(_process.StartInfo.WorkingDirectory, recursive: true);
        _process.Dispose();
    }

    private static string Assembly()
    {
        // tests/…/bin/Debug/net10.0/ → src/Notify.Admin/bin/Debug/net10.0/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.At("src", "Notify.Admin", "bin", here.Parent!.Name, here.Name, "Notify.Admin.dll");
    }

    private void Read(string? line)
    {
        _output.AppendLine(line ?? "");
        if (line?.Split("Now listening on: ") is [_, var address])
        {
            _listening.TrySetResult(new Uri(address));
        }
    }
}
