// SentencePiece's library as a contestant: see src/contestant-process.ts for what it is asked.
// Arguments: call, model file, text file.
#include <sentencepiece_processor.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using sentencepiece::SentencePieceProcessor;

static std::string call, modelFile, model;
static std::vector<std::string> lines;
static SentencePieceProcessor processor;

// The work on one line: the number of ids made.
static size_t work(const std::string &line) {
  std::vector<int> ids;
  if (call == "sample") processor.SampleEncode(line, -1, 0.1f, &ids);
  else if (call == "sampleNbest64") processor.SampleEncode(line, 64, 0.1f, &ids);
  else processor.Encode(line, &ids);
  return ids.size();
}

static size_t pass() {
  size_t count = 0;
  if (call == "load") {
    SentencePieceProcessor fresh;
    std::vector<int> ids;
    fresh.LoadFromSerializedProto(model).IgnoreError();
    fresh.Encode(lines[0], &ids).IgnoreError();
    return ids.size();
  }
  for (const auto &line : lines) count += work(line);
  return count;
}

static void output(const std::string &file) {
  std::ofstream out(file);
  for (size_t i = 0; i < (call == "load" ? 1 : lines.size()); ++i) {
    if (call.rfind("sample", 0) == 0) {
      std::vector<std::string> pieces;
      processor.SampleEncode(lines[i], call == "sample" ? -1 : 64, 0.1f, &pieces);
      out << pieces.size() << '\t';
      for (const auto &piece : pieces) out << piece;
    } else {
      std::vector<int> ids;
      processor.Encode(lines[i], &ids);
      for (size_t k = 0; k < ids.size(); ++k) out << (k ? " " : "") << ids[k];
    }
    out << '\n';
  }
}

static double cpuSeconds(const rusage &use) {
  return use.ru_utime.tv_sec + use.ru_stime.tv_sec + 1e-6 * (use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  call = argv[1];
  modelFile = argv[2];
  std::ifstream text(argv[3]);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  std::stringstream bytes;
  bytes << std::ifstream(modelFile, std::ios::binary).rdbuf();
  model = bytes.str();
  FILE *answers = fdopen(3, "w");
  if (call != "load" && !processor.LoadFromSerializedProto(model).ok()) {
    std::fprintf(answers, "{\"error\": \"the model cannot be loaded\"}\n");
    return 1;
  }
  std::fprintf(answers, "{\"versions\": {\"SentencePiece\": \"%s\"}}\n", VERSION);
  std::fflush(answers);
  size_t sink = 0;
  for (std::string command; std::getline(std::cin, command); std::fflush(answers)) {
    if (command.rfind("output ", 0) == 0) {
      if (call == "load") processor.LoadFromSerializedProto(model).IgnoreError();
      output(command.substr(7));
      std::fprintf(answers, "{}\n");
      continue;
    }
    const int count = std::stoi(command.substr(5));
    rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) sink += pass();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    getrusage(RUSAGE_SELF, &after);
    std::fprintf(answers, "{\"cpu\": %.6f, \"wall\": %.6f}\n", cpuSeconds(after) - cpuSeconds(before),
                 wall.count());
  }
  return sink == 0;
}
